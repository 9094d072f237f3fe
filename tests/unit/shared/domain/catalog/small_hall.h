#pragma once
/// A catalogue with a little of everything and nothing wrong with it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "shared/domain/catalog/catalog.h"

namespace yizhan::catalog {

inline nlohmann::json small_hall() {
  return nlohmann::json::parse(R"({
    "version": 3,
    "hall": "420106",
    "hall_name": {"zh": "厅", "en": "Hall"},
    "queues": [{"letter": "A", "name": {"zh": "一", "en": "One"}}],
    "groups": [{"id": "g", "name": {"zh": "社保", "en": "Social"}, "hint": {"zh": "示", "en": "Hint"}, "icon": "home"}],
    "audiences": [{"id": "old", "name": {"zh": "老人", "en": "Seniors"}, "hint": {"zh": "示", "en": "Hint"}, "icon": "elderly"}],
    "life_events": [{"id": "lost", "name": {"zh": "丢了东西", "en": "Lost"}, "hint": {"zh": "示", "en": "Hint"}, "icon": "search"}],
    "code_rules": [{"prefix": "X:", "min_length": 4, "max_length": 9}],
    "synonyms": [["丢了", "挂失"], ["小孩", "孩子"]],
    "materials": [
      {"id": "id_card", "name": {"zh": "身份证", "en": "ID card"}, "original": true, "type": "1", "form": "3", "source": "20", "from_card": true},
      {"id": "letter", "name": {"zh": "委托书", "en": "Letter"}, "note": {"zh": "代办", "en": "For another"}, "type": "2", "form": "1",
       "source": "10", "pages": 2}
    ],
    "items": [
      {"code": "card", "group": "g", "name": {"zh": "补换社保卡", "en": "Replace a card"}, "hint": {"zh": "坏了", "en": "Damaged"},
       "icon": "badge", "queue": "A", "keywords": ["Gua Shi"], "official_name": {"zh": "社会保障卡补换", "en": "Replacement"},
       "basic_code": "312003564000", "task_code": "11310000MB2F30661Y2312003564000",
       "handle_code": "11310000MB2F30661Y231200356400001", "type": "20", "level": "2",
       "legal": {"count": 20, "unit": "workday"}, "promise": {"count": 3, "unit": "workday"},
       "department": {"zh": "人社局", "en": "Labour"}, "department_code": "11310000MB2F30661Y",
       "conditions": [{"zh": "有卡", "en": "Has one"}], "basis": {"zh": "办法", "en": "Rules"}, "range": "city",
       "result": {"zh": "卡", "en": "Card"}, "supervise_phone": "12345", "power": {"source": "1"},
       "audiences": ["old"], "life_events": ["lost"],
       "places": [{"channel": "kiosk", "where": {"zh": "本机", "en": "Here"}},
                  {"channel": "counter", "where": {"zh": "一楼", "en": "Ground floor"}, "phone": "027-1234567"}],
       "materials": ["id_card", {"id": "letter", "necessity": 3, "tolerate_days": 5, "when": {"==": [{"var": "answers.who"}, "other"]}}],
       "questions": [
         {"id": "who", "text": {"zh": "给谁办", "en": "For whom"},
          "choices": [{"id": "self", "text": {"zh": "自己", "en": "Me"}}, {"id": "other", "text": {"zh": "别人", "en": "Another"}, "icon": "group"}]},
         {"id": "kin", "text": {"zh": "是家人吗", "en": "Family"}, "when": {"==": [{"var": "answers.who"}, "other"]},
          "choices": [{"id": "yes", "text": {"zh": "是", "en": "Yes"}}, {"id": "no", "text": {"zh": "不是", "en": "No"}}]}],
       "outcomes": [
         {"when": {"==": [{"var": "answers.kin"}, "no"]}, "eligible": false, "reason": {"zh": "只给家人办", "en": "Family only"},
          "instead": {"zh": "本人来", "en": "Come yourself"}, "service": "pension"},
         {"when": {"==": [{"var": "answers.who"}, "other"]}, "channels": ["counter"]},
         {"channels": ["kiosk", "counter"]}],
       "form": "card_form"},
      {"code": "pension", "group": "g", "name": {"zh": "养老金认证", "en": "Pension check"}, "hint": {"zh": "每年", "en": "Yearly"},
       "icon": "savings", "queue": "A", "official_name": {"zh": "资格认证", "en": "Confirmation"},
       "basic_code": "312003564001", "task_code": "11310000MB2F30661Y2312003564001", "type": "05", "level": "2", "instant": true,
       "legal": {"count": 5, "unit": "workday"}, "promise": {"count": 0, "unit": "workday"},
       "department": {"zh": "人社局", "en": "Labour"}, "department_code": "11310000MB2F30661Y", "basis": {"zh": "办法", "en": "Rules"},
       "range": "street", "result": {"zh": "结果", "en": "Result"}, "supervise_phone": "12345",
       "power": {"source": "3", "batch": "1", "from": "2026-01-01", "until": "2026-12-31"},
       "places": [{"channel": "phone", "where": {"zh": "热线", "en": "Line"}, "phone": "12345"}], "materials": ["id_card"]}
    ],
    "bundles": [
      {"code": "both", "name": {"zh": "一件事", "en": "Both"}, "hint": {"zh": "一起办", "en": "Together"}, "icon": "hub", "queue": "A",
       "life_events": ["lost"], "keywords": ["孩子上学"],
       "places": [{"channel": "kiosk", "where": {"zh": "本机", "en": "Here"}}],
       "questions": [{"id": "who", "text": {"zh": "给谁办", "en": "For whom"},
          "choices": [{"id": "self", "text": {"zh": "自己", "en": "Me"}}, {"id": "other", "text": {"zh": "别人", "en": "Another"}}]}],
       "parts": [{"item": "card"}, {"item": "pension", "when": {"==": [{"var": "answers.who"}, "self"]}, "after": ["card"]}],
       "form": "both_form"}
    ],
    "forms": [
      {"id": "card_form", "title": {"zh": "申请表", "en": "Application"}, "sections": [
        {"id": "one", "title": {"zh": "一", "en": "One"}, "fields": [
          {"id": "name", "kind": "text", "label": {"zh": "姓名", "en": "Name"}, "prefill": "name", "locked": true, "minLength": 1, "maxLength": 9},
          {"id": "how", "kind": "choice", "label": {"zh": "方式", "en": "How"},
           "options": [{"value": "fetch", "text": {"zh": "自取", "en": "Fetch"}}, {"value": "post", "text": {"zh": "邮寄", "en": "Post"}}]},
          {"id": "address", "kind": "address", "label": {"zh": "地址", "en": "Address"}, "visible": {"==": [{"var": "fields.how"}, "post"]}},
          {"id": "children", "kind": "number", "label": {"zh": "孩子", "en": "Children"}, "minimum": 0, "maximum": 9, "multipleOf": 1},
          {"id": "day", "kind": "date", "label": {"zh": "日期", "en": "Day"}, "earliest": "today", "latest": "today+30d", "workday": true},
          {"id": "code", "kind": "text", "label": {"zh": "编号", "en": "Code"}, "pattern": "[A-Z]{2}[0-9]{4}", "message": {"zh": "两个字母", "en": "Two letters"}},
          {"id": "paper", "kind": "attachment", "label": {"zh": "委托书", "en": "Letter"}, "material": "letter"}]}]},
      {"id": "both_form", "title": {"zh": "申请表", "en": "Application"}, "sections": [
        {"id": "one", "title": {"zh": "一", "en": "One"}, "fields": [
          {"id": "name", "kind": "text", "label": {"zh": "姓名", "en": "Name"}}]}]}
    ]
  })");
}

/// The catalogue after a JSON Patch (RFC 6902).
inline nlohmann::json patched(std::string_view patch) { return small_hall().patch(nlohmann::json::parse(patch)); }

inline std::vector<std::string> codes_of(std::vector<Matter> const& matters) {
  std::vector<std::string> out;
  for (auto const& matter : matters) out.push_back(matter.code());
  return out;
}

}  // namespace yizhan::catalog
