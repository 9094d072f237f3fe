#include "shared/crypto/cbor.h"

#include <cbor.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "shared/base/text.h"
#include "shared/crypto/openssl_handles.h"

namespace yizhan::crypto {
namespace {

constexpr std::size_t k_deepest = 16;

struct ItemFreer {
  void operator()(cbor_item_t* item) const { cbor_decref(&item); }
};
using Item = std::unique_ptr<cbor_item_t, ItemFreer>;

Error malformed(char const* what) { return Error::make("cbor_malformed", Retry::no, what); }

/// cbor_load allocates whatever the head of an array or map announces. Each announced element takes a byte of its own,
/// so all announcements together may not exceed the input.
struct Announced {
  std::size_t left = 0;
  bool fits = true;

  void take(std::size_t count) {
    if (count > left) fits = false;
    left -= std::min(count, left);
  }
  static void on_array(void* self, std::size_t count) { static_cast<Announced*>(self)->take(count); }
  static void on_map(void* self, std::size_t count) {
    on_array(self, count);
    on_array(self, count);
  }
};

bool lengths_fit(std::span<std::byte const> bytes) {
  auto callbacks = cbor_empty_callbacks;
  callbacks.array_start = Announced::on_array;
  callbacks.map_start = Announced::on_map;
  Announced announced{bytes.size()};
  for (std::size_t at = 0; at < bytes.size();) {
    auto const step = cbor_stream_decode(uchars(bytes.subspan(at)), bytes.size() - at, &callbacks, &announced);
    if (step.status != CBOR_DECODER_FINISHED || step.read == 0 || !announced.fits) return false;
    at += step.read;
  }
  return true;
}

Result<Item> load(std::span<std::byte const> bytes) {
  if (bytes.empty() || !lengths_fit(bytes)) return malformed("not CBOR");
  cbor_load_result loaded{};
  Item item(cbor_load(uchars(bytes), bytes.size(), &loaded));
  if (!item) return malformed("not CBOR");
  if (loaded.read != bytes.size()) return malformed("bytes behind the end");
  return item;
}

std::optional<std::vector<std::byte>> byte_string(cbor_item_t const* item) {
  if (!cbor_isa_bytestring(item) || !cbor_bytestring_is_definite(item)) return std::nullopt;
  auto const* begin = reinterpret_cast<std::byte const*>(cbor_bytestring_handle(item));
  return std::vector<std::byte>(begin, begin + cbor_bytestring_length(item));
}

std::optional<std::string> text_string(cbor_item_t const* item) {
  if (!cbor_isa_string(item) || !cbor_string_is_definite(item)) return std::nullopt;
  std::string value(reinterpret_cast<char const*>(cbor_string_handle(item)), cbor_string_length(item));
  if (!text::is_utf8(value)) return std::nullopt;
  return value;
}

Result<nlohmann::json> integer(cbor_item_t const* item) {
  auto const value = cbor_get_int(item);
  if (cbor_isa_uint(item)) return nlohmann::json(value);
  if (value > static_cast<std::uint64_t>(INT64_MAX)) return malformed("integer out of range");
  return nlohmann::json(-1 - static_cast<std::int64_t>(value));
}

Result<nlohmann::json> convert(cbor_item_t const* item, std::size_t depth);

Result<nlohmann::json> convert_map(cbor_item_t const* item, std::size_t depth) {
  auto out = nlohmann::json::object();
  auto const* pairs = cbor_map_handle(item);
  for (std::size_t i = 0; i < cbor_map_size(item); ++i) {
    std::string key;
    if (auto const name = text_string(pairs[i].key))
      key = *name;
    else if (cbor_is_int(pairs[i].key))
      key = TRY(integer(pairs[i].key)).dump();
    else
      return malformed("map key");
    auto value = TRY(convert(pairs[i].value, depth + 1));
    if (!out.emplace(std::move(key), std::move(value)).second) return malformed("repeated map key");
  }
  return out;
}

Result<nlohmann::json> convert_array(cbor_item_t const* item, std::size_t depth) {
  auto out = nlohmann::json::array();
  auto* const* items = cbor_array_handle(item);
  for (std::size_t i = 0; i < cbor_array_size(item); ++i) out.push_back(TRY(convert(items[i], depth + 1)));
  return out;
}

Result<nlohmann::json> convert(cbor_item_t const* item, std::size_t depth) {
  if (depth > k_deepest) return malformed("nested too deep");
  switch (cbor_typeof(item)) {
    case CBOR_TYPE_UINT:
    case CBOR_TYPE_NEGINT: return integer(item);
    case CBOR_TYPE_BYTESTRING: {
      auto const value = byte_string(item);
      if (!value) return malformed("chunked byte string");
      std::vector<std::uint8_t> binary(value->size());
      for (std::size_t i = 0; i < binary.size(); ++i) binary[i] = std::to_integer<std::uint8_t>((*value)[i]);
      return nlohmann::json::binary(std::move(binary));
    }
    case CBOR_TYPE_STRING: {
      auto value = text_string(item);
      if (!value) return malformed("text");
      return nlohmann::json(std::move(*value));
    }
    case CBOR_TYPE_ARRAY: return convert_array(item, depth);
    case CBOR_TYPE_MAP: return convert_map(item, depth);
    case CBOR_TYPE_TAG: {
      Item const tagged(cbor_tag_item(item));
      return convert(tagged.get(), depth + 1);
    }
    case CBOR_TYPE_FLOAT_CTRL:
      if (cbor_is_float(item)) return nlohmann::json(cbor_float_get_float(item));
      if (cbor_is_bool(item)) return nlohmann::json(cbor_get_bool(item));
      return nlohmann::json(nullptr);
  }
  return malformed("type");
}

}  // namespace

void CborWriter::head(std::size_t (*encode)(std::uint64_t, unsigned char*, std::size_t), std::uint64_t value) {
  std::array<unsigned char, 9> buffer{};
  auto const size = encode(value, buffer.data(), buffer.size());
  require(size > 0, "CBOR");
  auto const head = std::as_bytes(std::span(buffer).first(size));
  m_out.insert(m_out.end(), head.begin(), head.end());
}

void CborWriter::integer(std::int64_t value) {
  if (value >= 0)
    head(cbor_encode_uint, static_cast<std::uint64_t>(value));
  else
    head(cbor_encode_negint, static_cast<std::uint64_t>(-1 - value));
}

void CborWriter::bytes(std::span<std::byte const> value) {
  head(cbor_encode_bytestring_start, value.size());
  m_out.insert(m_out.end(), value.begin(), value.end());
}

void CborWriter::text(std::string_view value) {
  head(cbor_encode_string_start, value.size());
  auto const chars = text::bytes_of(value);
  m_out.insert(m_out.end(), chars.begin(), chars.end());
}

void CborWriter::array(std::size_t count) { head(cbor_encode_array_start, count); }
void CborWriter::map(std::size_t pairs) { head(cbor_encode_map_start, pairs); }
void CborWriter::null() { m_out.push_back(std::byte{0xF6}); }
void CborWriter::tag(std::uint64_t value) { head(cbor_encode_tag, value); }

Result<nlohmann::json> cbor_to_json(std::span<std::byte const> bytes) { return convert(TRY(load(bytes)).get(), 0); }

Result<CoseSign1> parse_cose_sign1(std::span<std::byte const> bytes) {
  // Tag 18 in its one-byte form; libcbor before 0.10 refuses every one-byte tag above 5.
  if (!bytes.empty() && bytes.front() == std::byte{0xD2}) bytes = bytes.subspan(1);
  auto const loaded = TRY(load(bytes));
  cbor_item_t const* item = loaded.get();
  if (!cbor_isa_array(item) || cbor_array_size(item) != 4) return malformed("not a COSE_Sign1");
  auto* const* parts = cbor_array_handle(item);
  auto protected_header = byte_string(parts[0]);
  auto payload = byte_string(parts[2]);
  auto signature = byte_string(parts[3]);
  if (!protected_header || !payload || !signature || !cbor_isa_map(parts[1])) return malformed("not a COSE_Sign1");
  auto unprotected_header = TRY(convert(parts[1], 0));
  return CoseSign1{std::move(*protected_header), std::move(unprotected_header), std::move(*payload),
                   std::move(*signature)};
}

Result<CoseEncrypt> parse_cose_encrypt(std::span<std::byte const> bytes) {
  // Tag 96, RFC 9052 §2.
  if (bytes.size() > 2 && bytes[0] == std::byte{0xD8} && bytes[1] == std::byte{0x60}) bytes = bytes.subspan(2);
  auto const wrong = [] { return malformed("not a COSE_Encrypt"); };
  auto const loaded = TRY(load(bytes));
  cbor_item_t const* item = loaded.get();
  if (!cbor_isa_array(item) || cbor_array_size(item) != 4) return wrong();
  auto* const* parts = cbor_array_handle(item);
  CoseEncrypt message;
  auto protected_header = byte_string(parts[0]);
  auto ciphertext = byte_string(parts[2]);
  if (!protected_header || !ciphertext || !cbor_isa_map(parts[1]) || !cbor_isa_array(parts[3])) return wrong();
  message.protected_header = std::move(*protected_header);
  message.unprotected_header = TRY(convert(parts[1], 0));
  message.ciphertext = std::move(*ciphertext);
  auto* const* recipients = cbor_array_handle(parts[3]);
  for (std::size_t i = 0; i < cbor_array_size(parts[3]); ++i) {
    if (!cbor_isa_array(recipients[i]) || cbor_array_size(recipients[i]) != 3) return wrong();
    auto* const* fields = cbor_array_handle(recipients[i]);
    auto header = byte_string(fields[0]);
    auto const key = byte_string(fields[2]);
    bool const empty = key ? key->empty() : cbor_isa_float_ctrl(fields[2]) && cbor_is_null(fields[2]);
    if (!header || !cbor_isa_map(fields[1]) || !empty) return wrong();
    auto unprotected = TRY(convert(fields[1], 0));
    message.recipients.push_back({std::move(*header), std::move(unprotected)});
  }
  return message;
}

std::vector<std::byte> write_cose_sign1(std::span<std::byte const> protected_header, std::span<std::byte const> payload,
                                        std::span<std::byte const> signature) {
  CborWriter out;
  out.tag(18);
  out.array(4);
  out.bytes(protected_header);
  out.map(0);
  out.bytes(payload);
  out.bytes(signature);
  return std::move(out).take();
}

std::vector<std::byte> signed_bytes(std::span<std::byte const> protected_header, std::span<std::byte const> payload) {
  CborWriter out;
  out.array(4);
  out.text("Signature1");
  out.bytes(protected_header);
  out.bytes({});
  out.bytes(payload);
  return std::move(out).take();
}

}  // namespace yizhan::crypto
