#pragma once
/// The resident's pages: each draws one state of flows::ResidentFlow and emits its events. Nothing else: no device, no
/// database, no network. Thread: ui.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/flows/resident_flow.h"
#include "kiosk/ui/text_buffer.h"
#include "kiosk/ui/ui.h"
#include "kiosk/ui/widgets_matter.h"

namespace yizhan::resident {

/// Queues the event; the flow steps after draw() has returned, never while its state is being drawn.
using Emit = std::function<void(flows::resident::Event)>;

/// A QR code: side × side bytes, not 0 is dark. `side` 0: none.
struct CodeModules {
  std::size_t side = 0;
  std::vector<std::uint8_t> modules;
};

/// By hall time.
struct Moment {
  calendar::BusinessDay day;
  int minute = 0;  // of the day
};

/// What a page shows besides its flow's state.
struct Surroundings {
  /// Camera picture while a code is looked for; width 0: none.
  ui::ImageView preview;
  bool camera = false;
  /// The four corners of a code that was found in it, 0…1 of width and height; empty: none.
  std::vector<ui::Point> found_code;
  /// Whether codes can be told from their ground there.
  enum class Light { good, dark, bright };
  Light light = Light::good;
  /// Priority tickets go ahead of others that came at most this much earlier (published rule).
  int ageing_minutes = 15;
  /// Whether holding "show" unmasks name and number.
  bool show_on_hold = true;
  /// Papers nearly every matter asks for, already translated.
  std::string papers;

  /// Document camera: what it sees now, and the page taken last; width 0: none.
  ui::ImageView document_preview;
  ui::ImageView document_picture;
  /// A page of the document that is to be signed, counted from 0; width 0: not there yet. Its pixels last until draw() returns.
  std::function<ui::ImageView(std::size_t page)> document_page;
  /// Local time of an instant; none: only the order is known.
  std::function<std::optional<Moment>(WallTime)> local_time;
  /// The code of a text, made once and kept here.
  std::function<CodeModules(std::string const& text)> code;
};

/// What pages remember between frames: what was typed and written, where one has got to.
struct PageMemory {
  ui::TextBuffer entry;
  ui::TextBuffer search;
  std::map<std::string, ui::TextBuffer, std::less<>> fields;  // of the form's page: field id, or id.part
  std::string active;                                         // the field id.part that the keyboard types into
  std::vector<std::string> way;                               // codes of the address being picked
  std::string way_of;                                         // its field
  ui::Ink ink;
  std::string place;     // of the state drawn last: what is typed belongs to it
  bool entered = false;  // in this frame
  bool help = false;
  bool searching = false;
  std::size_t first = 0;  // of the choices shown
  CodeModules code;
  std::string code_text;
  void clear();
};

class ResidentScreens {
 public:
  void draw(ui::Ui& ui, flows::ResidentFlow const& flow, Surroundings const& around, Emit const& emit);
  /// Scrubs what was typed and written; closes the help page.
  void wipe() { m_memory.clear(); }

 private:
  PageMemory m_memory;
};

}  // namespace yizhan::resident
