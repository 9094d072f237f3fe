#pragma once
/// A case as a device submits it: the event's data and the encrypted documents. An opinion of its own (test code), not the
/// platform's.
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/functional/platform/tus.h"

namespace yizhan::test {

/// "<hall>:<terminal>" and a running number; the check digit by ISO 7064 MOD 11,10.
[[nodiscard]] std::string case_number(std::string const& terminal, int serial);

struct Wanted {
  std::string number;
  std::string matter = "social_card_replace";
  struct Part {
    std::string item;
    std::vector<std::string> after = {};
  };
  std::vector<Part> parts = {{"social_card_replace"}};
  struct Paper {
    std::string material;
    std::vector<std::string> pages;  // plain bytes
  };
  std::vector<Paper> papers = {{"id_card_copy", {"first page", "second page"}}};
  std::vector<Paper> on_file = {};         // pages: plain hashes
  std::vector<std::string> promised = {};  // materials
  std::string person_number = "420106199003070016";
  std::string person_name = "张三";
  std::function<void(nlohmann::json&)> alter = {};  // the application, before it is encrypted
};

struct Submission {
  nlohmann::json data;                 // of cn.yizhan.case.submitted.v1
  std::vector<std::string> documents;  // ciphertexts
};

class CaseTest : public Tus {
 protected:
  static constexpr char const* k_submitted = "cn.yizhan.case.submitted.v1";

  [[nodiscard]] Submission make(Wanted const& wanted) const;
  /// A page as the event lists it; its ciphertext is appended to `documents`.
  nlohmann::json page(std::string const& plain, char const* kind, nlohmann::json const& material, int number,
                      std::vector<std::string>& documents) const;
  /// Event and documents; returns when the platform received it. The line's epoch must be open.
  void submit(std::string const& terminal, Line& line, Wanted const& wanted);
  /// One event; the problem that rejected it, "" accepted.
  std::string send(std::string const& terminal, Line& line, std::string const& type, nlohmann::json const& data);
  /// What the case is for the back office.
  nlohmann::json listed(std::string const& number);
  /// Names of the platform's own facts in a machine's changes, "received 1", "decided 2" …
  std::vector<std::string> heard(std::string const& terminal);
  std::vector<nlohmann::json> facts(std::string const& terminal);
  nlohmann::json act(std::string const& number, int part, std::string const& what,
                     nlohmann::json const& more = nlohmann::json::object());
  HttpAnswer look_up(std::string const& terminal, nlohmann::json const& question) {
    return post(terminal, "/v1/cases/lookup", question);
  }
  static nlohmann::json by_card(std::string const& number) {
    return {{"holder", {{"kind", "id_card"}, {"number", number}}}, {"how", "card"}};
  }
  static nlohmann::json by_code(std::string const& number) {
    return {{"holder", nullptr}, {"case", number}, {"how", "code"}};
  }
};

}  // namespace yizhan::test
