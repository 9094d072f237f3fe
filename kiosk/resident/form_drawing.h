#pragma once
/// The page of one section of a form: fields above, what the chosen one is filled in with below or beside. Internal to kiosk/resident.
#include <string>
#include <vector>

#include "kiosk/resident/form_field.h"

namespace yizhan::resident {

// Choices that fit beside each other stand in the page; more of them are shown where the keyboard is.
inline constexpr std::size_t k_open_choices = 4;
inline constexpr std::size_t k_long_text = 40;  // code points; longer answers get several lines
inline constexpr std::size_t k_longest_text = 200;
inline constexpr std::size_t k_longest_name = 50;
inline constexpr std::size_t k_longest_detail = 100;
inline constexpr std::size_t k_longest_number = 20;

class FormDrawing {
 public:
  using Field = forms::Field;
  using Json = nlohmann::json;

  FormDrawing(Canvas const& canvas, flows::MatterFlow const& flow, flows::matter::FormPage const& state);
  void draw();

 private:
  // form_pages.cpp: which field is being filled in, and the list of them
  [[nodiscard]] std::string const& active_part() const;
  [[nodiscard]] bool typed(Field const& field) const;
  [[nodiscard]] std::string first_part(Field const& field) const;
  void follow_flow();
  void follow_focus(Field const& field, std::string const& key);
  ui::TextBuffer& buffer(std::string const& key, std::string value);
  [[nodiscard]] std::string error_of(Field const& field) const;
  [[nodiscard]] std::string label_of(Field const& field) const;
  void fields();
  void summary();
  void draw_field(Field const& field);
  void fixed_field(Field const& field);
  // form_lines.cpp: fields that are typed into, choices, other people
  [[nodiscard]] std::string text_value(Field const& field) const;
  void line(Field const& field);
  [[nodiscard]] static std::size_t longest_of(Field const& field);
  void edited(Field const& field, Json value);
  void heed(Field const& field, std::string const& key, ui::FieldEvent event);
  void next_field(Field const& field);
  void date(Field const& field);
  [[nodiscard]] bool chosen(Field const& field, std::string const& option) const;
  void options(Field const& field, bool in_page);
  void choice(Field const& field);
  void opened_elsewhere(Field const& field, std::string const& value, std::string const& key);
  [[nodiscard]] Json person_value(Field const& field) const;
  void set_person(Field const& field, Json value);
  void person(Field const& field);
  // form_editors.cpp: addresses; keyboards, months and lists
  [[nodiscard]] std::vector<std::string> codes_of(Field const& field) const;
  void set_address(Field const& field, std::vector<std::string> const& codes, std::string const& detail);
  [[nodiscard]] std::string way_text(std::vector<std::string> const& codes) const;
  void address(Field const& field);
  void pick_address(Field const& field);
  void keyboard(ui::KeyboardLayout layout, std::size_t longest);
  [[nodiscard]] bool near(Field const& field) const;
  void pick_date(Field const& field);
  void editor();

  Canvas const& m_canvas;
  ui::Ui& m_ui;
  flows::MatterFlow const& m_flow;
  forms::FormState const& m_form;
  flows::matter::FormPage const& m_state;
  forms::Section const& m_section;
  std::vector<Field const*> m_fields;
  Field const* m_active = nullptr;
};

}  // namespace yizhan::resident
