// ImGui's test-engine hooks (IMGUI_ENABLE_TEST_ENGINE): ImGui calls them for every item that has an id. They are the
// cross-check of the accessible tree: an item that no widget of ours reported becomes a finding.
#include <imgui.h>
#include <imgui_internal.h>

#include "kiosk/ui/tree.h"
#include "kiosk/ui/ui_state.h"

namespace {

yizhan::ui::UiState* state_of(ImGuiContext* context) { return static_cast<yizhan::ui::UiState*>(context->TestEngine); }

}  // namespace

// ImGui declares these in its own style.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, ImRect const& box, ImGuiLastItemData const* item) {
  auto* const state = state_of(context);
  // Windows report themselves without item data; only the one page window exists.
  if (state == nullptr || item == nullptr) return;
  state->tree.saw_item(id, {box.Min.x, box.Min.y, box.GetWidth(), box.GetHeight()});
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, char const*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, char const*, ...) {}
char const* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }
