#pragma once
/// A service item (事项) with the fields of the national implementation list (政务服务事项实施清单), and a bundle (一件事).
/// Codes: GB/T 39554.1-2020, basic code 12 digits, implementation code 31 = USCC 18 + level 1 + basic code 12,
/// handling item code 33 = + 2. Lists of codes (type, level …): assets/catalog/README.md.
#include <optional>
#include <string>
#include <vector>

#include "shared/domain/calendar/hall_time.h"
#include "shared/domain/calendar/workdays.h"
#include "shared/domain/catalog/text.h"

namespace yizhan::catalog {

/// Where a matter can be done.
enum class Channel { kiosk, counter, community, phone, online };
[[nodiscard]] char const* to_string(Channel channel);

/// 材料必要性: needed, not needed, may be missing at first (容缺后补).
enum class Necessity { required = 1, optional = 2, tolerated = 3 };

/// 材料. The same id in two items is the same paper: a bundle asks for it once. Kept once in Catalog::materials; items refer to
/// it by id and may add to it.
struct Material {
  std::string id;
  Text name;
  bool required = true;  // necessity other than optional
  bool original = false;
  Text note;
  Necessity necessity = Necessity::required;
  Condition when;          // needed only where true
  std::string type;        // 1 licence or certificate, 2 form, 3 other
  std::string form;        // 1 paper, 2 electronic, 3 either
  std::string source;      // 10 applicant, 20 government, 30 intermediary, 99 other
  Text issuer;             // who gives it out
  Text standard;           // 受理标准
  int pages = 1;           // at most, to photograph
  int tolerate_days = 0;   // working days to bring it, where tolerated
  bool from_card = false;  // the ID card that was read stands for it
};

struct Period {
  int count = 0;  // 0: at once
  calendar::TimeUnit unit = calendar::TimeUnit::workday;
};

struct Place {
  Channel channel = Channel::counter;
  Text where;  // name and address, or what to dial
  Text hours;
  std::string phone;
  std::string url;
};

struct Choice {
  std::string id;
  Text text;
  Text hint;
  std::string icon;
};

/// 情形引导: one question, at most six choices.
struct Question {
  std::string id;
  Text text;
  Text hint;
  Condition when;  // asked only where true
  std::vector<Choice> choices;
};

/// The first outcome whose condition holds is the case's; without one the matter can be done at each of its places.
struct Outcome {
  Condition when;
  bool eligible = true;
  std::vector<Channel> channels;  // where; empty with eligible = false
  Text reason;                    // why, in plain words
  Text instead;                   // what to do instead, and where
  std::string service;            // another item that fits, "" none
};

/// 权力来源: an item a street was given (赋权) starts on a date, with a batch.
struct Power {
  std::string source;  // 1 by law at this level, 2 handed down, 3 authorised by a higher level, 4 by the same level
  std::string batch;
  std::optional<calendar::BusinessDay> from;
  std::optional<calendar::BusinessDay> until;  // last day
};

struct ServiceItem {
  std::string code;   // stable key within the hall, [a-z0-9_]+, e.g. "social_card_replace"
  std::string group;  // Group::id
  Text name;          // everyday words
  Text hint;          // one line
  std::string icon;   // Material icon name, e.g. "credit_card"
  char queue = 'A';
  std::vector<Material> materials;
  std::vector<std::string> keywords;  // other everyday words, pinyin, initials; lower case

  Text official_name;       // task_name
  std::string basic_code;   // 12
  std::string task_code;    // 31
  std::string handle_code;  // 33, "" where there is none
  std::string type;         // 01 … 10, 20, 99
  std::string level;        // 1 … 6
  bool instant = false;     // 即办件; else 承诺件
  Period legal;             // 法定
  Period promise;           // 承诺
  Text department;
  std::string department_code;
  std::vector<Text> conditions;  // 受理条件
  Text basis;                    // by law
  int visits = 1;                // 到现场次数
  bool charged = false;
  Text fee;           // how much and why, where charged
  std::string range;  // 通办范围: street, district, city, province, country
  Text result;        // what one gets
  bool express = false;
  std::string supervise_phone;
  Power power;
  std::vector<std::string> audiences;    // Audience::id
  std::vector<std::string> life_events;  // LifeEvent::id
  std::vector<Place> places;             // in the order to offer
  std::vector<Question> questions;
  std::vector<Outcome> outcomes;
  std::string form;  // forms::Form::id; "" where it cannot be applied for at a kiosk
  bool signature = true;

  [[nodiscard]] bool offered_on(calendar::BusinessDay const& day) const;
  [[nodiscard]] Place const* place(Channel channel) const;
};

struct BundlePart {
  std::string item;                // ServiceItem::code
  Condition when;                  // part of it only where true
  std::vector<std::string> after;  // items that must be decided before it
};

/// 一件事: one form, one set of papers, several departments.
struct Bundle {
  std::string code;  // of one name space with items
  Text name;
  Text hint;
  std::string icon;
  char queue = 'A';
  std::vector<std::string> life_events;
  std::vector<std::string> audiences;
  std::vector<std::string> keywords;
  std::vector<Place> places;
  std::vector<Question> questions;
  std::vector<Outcome> outcomes;
  std::vector<BundlePart> parts;
  std::string form;
  bool signature = true;
};

}  // namespace yizhan::catalog
