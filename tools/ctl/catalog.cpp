#include "shared/domain/catalog/catalog.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iostream>

#include "shared/crypto/credential.h"
#include "tools/ctl/command.h"

namespace yizhan::ctl {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// The file or hall's folder itself, or every folder below with a catalog.json, in the order of their names.
/// Errors: file_unreadable (there is none).
Result<std::vector<fs::path>> catalogs_in(fs::path const& path) {
  constexpr char const* k_head = "catalog.json";
  std::error_code failed;
  if (!fs::is_directory(path, failed) || fs::exists(path / k_head, failed)) return std::vector{path};
  std::vector<fs::path> folders;
  for (fs::recursive_directory_iterator each(path, failed), end; !failed && each != end; each.increment(failed)) {
    if (each->path().filename() == k_head) folders.push_back(each->path().parent_path());
  }
  if (failed || folders.empty()) return Error::make("file_unreadable", Retry::no, (path / k_head).string());
  std::ranges::sort(folders);
  return folders;
}

int check_one(Context const& context, fs::path const& path) {
  auto const findings = catalog::check_catalog_files(path);
  if (!findings) return complain(findings.error());
  bool const good = std::ranges::none_of(*findings, [](auto const& finding) { return finding.error; });
  if (context.json) {
    auto list = json::array();
    for (auto const& finding : *findings) {
      list.push_back({{"pointer", finding.pointer}, {"what", finding.what}, {"error", finding.error}});
    }
    print_line({{"file", path.string()}, {"ok", good}, {"findings", std::move(list)}});
  } else {
    for (auto const& finding : *findings) {
      std::cout << path.string() << ": " << finding.pointer << ": " << (finding.error ? "" : "warning: ")
                << finding.what << '\n';
    }
    if (good) std::cout << path.string() << ": ok\n";
  }
  return good ? k_answered : k_bad_data;
}

int check(Context const& context, fs::path const& path) {
  auto const catalogs = catalogs_in(path);
  if (!catalogs) return complain(catalogs.error());
  int worst = k_answered;
  for (auto const& one : *catalogs) worst = std::max(worst, check_one(context, one));
  return worst;
}

int join(fs::path const& path) {
  auto const document = catalog::join_catalog(path);
  if (!document) return complain(document.error());
  std::cout << *document << '\n';
  return k_answered;
}

struct Signing {
  std::string path;
  std::string key;
  std::string certificate;
  std::string out;
};

Result<void> sign(Signing const& wanted) {
  auto const document = TRY(catalog::join_catalog(wanted.path));
  // What machines would refuse is not signed.
  TRY(catalog::parse_catalog(document));
  auto pem = TRY(read_whole_file(wanted.key, k_file_limit));
  auto const key = TRY(crypto::PrivateKey::from_pem(pem));
  scrub(pem);
  auto const certificate_text = TRY(read_whole_file(wanted.certificate, k_file_limit));
  auto const certificate = TRY(crypto::Certificate::parse(certificate_text));
  auto const cose = TRY(crypto::sign_document(document, key, certificate));
  // Beside the old one first: a full disk leaves that as it was.
  auto const beside = wanted.out + ".new";
  errno = 0;
  std::ofstream file(beside, std::ios::binary | std::ios::trunc);
  file.write(cose.data(), static_cast<std::streamsize>(cose.size()));
  file.close();
  bool const full = errno == ENOSPC;
  std::error_code failed;
  if (file) std::filesystem::rename(beside, wanted.out, failed);
  if (file && !failed) return {};
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  return Error::make(full ? "disk_full" : "file_unwritable", Retry::no, wanted.out);
}

}  // namespace

void add_catalog_commands(CLI::App& top, Context& context) {
  auto* catalog = top.add_subcommand("catalog", "a hall's services (assets/catalog)")->require_subcommand(1);
  auto path = std::make_shared<std::string>();

  auto* checking = catalog->add_subcommand("check", "everything that is wrong, and where (JSON Pointer)");
  checking->add_option("PATH", *path, "a catalogue's file or folder, or a folder with such folders below")->required();
  checking->callback([&context, path] { context.exit_code = check(context, *path); });

  auto* joining = catalog->add_subcommand("join", "a folder's files as the one document that is signed");
  joining->add_option("PATH", *path, "a catalogue's file or folder")->required();
  joining->callback([&context, path] { context.exit_code = join(*path); });

  auto wanted = std::make_shared<Signing>();
  auto* signing = catalog->add_subcommand("sign", "the document machines pull: COSE_Sign1 over the joined catalogue");
  signing->add_option("PATH", wanted->path, "a catalogue's file or folder, without errors")->required();
  signing->add_option("--key", wanted->key, "PEM")->required();
  signing->add_option("--certificate", wanted->certificate, "PEM or DER; the trust list names it for `catalog`")
      ->required();
  signing->add_option("--out", wanted->out, "FILE")->required();
  signing->callback([&context, wanted] {
    auto const done = sign(*wanted);
    context.exit_code = done ? k_answered : complain(done.error());
  });
}

}  // namespace yizhan::ctl
