#include "shared/crypto/credential.h"

#include <cmath>

#include "shared/base/text.h"
#include "shared/paper/mono_image.h"
#include "shared/paper/qr.h"
#include "tools/ctl/command.h"

namespace yizhan::ctl {

namespace {

using nlohmann::json;
using namespace crypto;

constexpr int k_qr_module = 8;  // pixels

std::int64_t unix_now(Context const& context) {
  return std::chrono::duration_cast<std::chrono::seconds>(context.real.wall.now().time_since_epoch()).count();
}

struct Signing {
  std::string kind;
  std::string key;
  std::string certificate;
  std::string issuer;
  std::string body = "{}";
  double hours = 24;
  std::string out;
};

Result<std::string> sign(Context& context, Signing const& wanted) {
  auto const kind = parse_credential_kind(wanted.kind);
  if (!kind) return Error::make("credential_kind", Retry::no, wanted.kind);
  auto pem = TRY(read_whole_file(wanted.key, k_file_limit));
  auto const key = TRY(PrivateKey::from_pem(pem));
  scrub(pem);
  auto const certificate_text = TRY(read_whole_file(wanted.certificate, k_file_limit));
  auto const certificate = TRY(Certificate::parse(certificate_text));
  Credential credential;
  credential.kind = *kind;
  credential.issuer = wanted.issuer.empty() ? certificate.uri() : wanted.issuer;
  credential.issued_at = unix_now(context);
  credential.expires_at = credential.issued_at + std::llround(wanted.hours * 3600);
  context.real.secure_rng.fill(credential.id);
  credential.body = wanted.body;
  auto code = TRY(sign_credential(credential, key, certificate));
  if (!wanted.out.empty()) {
    auto const qr = TRY(paper::make_qr(code, paper::QrLevel::quartile));
    TRY(paper::write_png(wanted.out, paper::enlarge_qr(qr, k_qr_module)));
  }
  return code;
}

struct Verifying {
  std::string code;
  std::string trust;
  std::string hall;
  std::string kind;
};

/// Plain JSON only: the signed document is checked by the machine that pulls it.
Result<TrustList> load_trust(std::string const& path) {
  auto const text = TRY(read_whole_file(path, k_file_limit));
  return parse_trust_list(text);
}

int verify(Context& context, Verifying const& wanted) {
  auto const trust = load_trust(wanted.trust);
  if (!trust) return complain(trust.error());
  std::vector<CredentialKind> kinds;
  if (!wanted.kind.empty()) {
    auto const kind = parse_credential_kind(wanted.kind);
    if (!kind) return complain(Error::make("credential_kind", Retry::no, wanted.kind));
    kinds.push_back(*kind);
  }
  auto const credential = verify_credential(wanted.code, *trust, context.real.wall.now(), wanted.hall, kinds);
  if (!credential) {
    print_line({{"valid", false}, {"reason", credential.error().code()}});
    return k_answered;
  }
  print_line({{"valid", true},
              {"kind", to_string(credential->kind)},
              {"issuer", credential->issuer},
              {"issued_at", credential->issued_at},
              {"expires_at", credential->expires_at},
              {"id", text::to_hex(credential->id)},
              {"body", json::parse(credential->body, nullptr, false)}});
  return k_answered;
}

}  // namespace

void add_credential_commands(CLI::App& top, Context& context) {
  auto* credential =
      top.add_subcommand("credential", "signed codes in QR (shared/crypto/README.md)")->require_subcommand(1);

  auto* signing = credential->add_subcommand("sign", "a new code");
  auto wanted = std::make_shared<Signing>();
  signing->add_option("--kind", wanted->kind, "ticket, appointment, case, material, staff or provision")->required();
  signing->add_option("--key", wanted->key, "PEM")->required();
  signing->add_option("--certificate", wanted->certificate, "PEM")->required();
  signing->add_option("--issuer", wanted->issuer, "URN; default: the certificate's");
  signing->add_option("--body", wanted->body, "a flat JSON object");
  signing->add_option("--hours", wanted->hours, "how long it counts");
  signing->add_option("--out", wanted->out, "PNG of the QR code");
  signing->callback([&context, wanted] {
    auto const code = sign(context, *wanted);
    if (code)
      print_line({{"code", *code}});
    else
      context.exit_code =
          code.error().is("credential_kind") ? (complain(code.error()), k_wrong_usage) : complain(code.error());
  });

  auto* verifying = credential->add_subcommand("verify", "does it count here and now");
  auto question = std::make_shared<Verifying>();
  verifying->add_option("CODE", question->code)->required();
  verifying->add_option("--trust", question->trust, "trust list (JSON)")->required();
  verifying->add_option("--hall", question->hall, "12 digits")->required()->check([](std::string const& text) {
    bool const digits = text.size() == 12 && text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::string() : std::string("12 digits are wanted");
  });
  verifying->add_option("--kind", question->kind, "only this kind");
  verifying->callback([&context, question] { context.exit_code = verify(context, *question); });

  auto* inspecting = credential->add_subcommand("inspect", "what it says, without any check");
  struct Inspecting {
    std::string code;
    std::string prefix = "YZ1:";
  };
  auto look = std::make_shared<Inspecting>();
  inspecting->add_option("CODE", look->code)->required();
  inspecting->add_option("--prefix", look->prefix, "YZ1: or HC1:");
  inspecting->callback([&context, look] {
    auto const found = inspect_credential(look->code, look->prefix);
    if (found)
      print_line(*found);
    else
      context.exit_code = complain(found.error());
  });
}

}  // namespace yizhan::ctl
