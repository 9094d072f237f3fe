#include "kiosk/app/picture_desk.h"

#include <utility>

#include "shared/base/log.h"

namespace yizhan::app {

namespace {

using namespace flows::matter;

constexpr int k_shown_side = 1200;  // pixels of the picture on the screen

}  // namespace

char const* advice_key(imaging::Advice advice) {
  switch (advice) {
    case imaging::Advice::good: return "";
    case imaging::Advice::no_page: return "no_page";
    case imaging::Advice::page_cut_off: return "page_cut_off";
    case imaging::Advice::too_dark: return "too_dark";
    case imaging::Advice::glare: return "glare";
    case imaging::Advice::hold_still: return "hold_still";
  }
  return "";
}

/// What the worker makes of a still.
struct PictureDesk::Judged {
  std::shared_ptr<imaging::Picture const> page;
  imaging::Picture shown;
  Quality quality;
};

PictureDesk::PictureDesk(Services const& services, ThreadExecutor& worker, Emit emit)
    : m_services(services), m_worker(worker), m_emit(std::move(emit)) {}

ui::ImageView PictureDesk::Shown::view() const { return {width, height, ui::ImageView::Format::rgba8, rgba, revision}; }

bool PictureDesk::Shown::set(imaging::Picture const& picture) {
  auto const before = std::exchange(rgba, {});
  width = picture.width;
  height = picture.height;
  auto const count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  auto const channels = static_cast<std::size_t>(picture.channels);
  rgba.resize(count * 4);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t c = 0; c < 3; ++c) rgba[i * 4 + c] = picture.pixels[i * channels + (channels == 1 ? 0 : c)];
    rgba[i * 4 + 3] = 255;
  }
  if (rgba == before) return false;
  ++revision;
  return true;
}

void PictureDesk::Shown::clear() {
  width = 0;
  height = 0;
  rgba = {};
  ++revision;
}

void PictureDesk::start() {
  m_open = true;
  m_services.devices.open_document_camera();
}

void PictureDesk::stop() {
  m_session.renew();
  m_open = false;
  m_services.devices.close_document_camera();
  m_preview.clear();
  m_shown.clear();
  m_taken.reset();
}

void PictureDesk::take() { m_services.devices.take_document_picture(++m_request); }

bool PictureDesk::heed(device::DocumentCameraEvent& event) {
  if (auto* preview = std::get_if<device::DocumentPreview>(&event)) {
    return m_open && m_preview.set({preview->width, preview->height, 3, std::move(preview->rgb)});
  }
  if (auto* still = std::get_if<device::DocumentStill>(&event)) {
    if (m_open && still->request == m_request) judge(*still);
  } else if (auto const* failed = std::get_if<device::DocumentStillFailed>(&event)) {
    log::info("document camera: {}", failed->error.to_line());
    if (m_open && failed->request == m_request) m_emit(PictureRefused{std::string(failed->error.code())});
  }
  return false;
}

void PictureDesk::judge(device::DocumentStill& still) {
  auto jpeg = std::make_shared<SecretBytes>(std::move(still.jpeg));
  auto const work = [jpeg]() -> Result<Judged> {
    auto const picture = TRY(imaging::decode(jpeg->view()));
    auto corrected = TRY(imaging::correct_document(picture));
    Judged judged;
    judged.quality.advice = advice_key(imaging::advice_for(corrected));
    judged.shown = imaging::shrunk_to(corrected.picture, k_shown_side);
    judged.page = std::make_shared<imaging::Picture const>(std::move(corrected.picture));
    return judged;
  };
  m_services.queue.run(m_worker, m_session.token(), work, [this, token = still.request](Result<Judged> judged) {
    if (!judged) {
      log::info("document camera: {}", judged.error().to_line());
      return m_emit(PictureRefused{std::string(judged.error().code())});
    }
    m_taken = std::move(judged->page);
    m_taken_token = token;
    m_shown.set(judged->shown);
    m_emit(PictureTaken{token, judged->quality});
  });
}

void PictureDesk::store(StorePage const& page) {
  if (!m_taken || page.picture != m_taken_token) return m_emit(PageRefused{"camera_closed"});
  auto const work = [picture = m_taken] { return imaging::compress(*picture); };
  m_services.queue.run(
      m_worker, m_session.token(), work,
      [this, owner = page.owner, material = page.material](Result<std::vector<std::byte>> compressed) {
        if (!compressed) return m_emit(PageRefused{std::string(compressed.error().code())});
        auto jpeg = std::make_shared<std::vector<std::byte>>(std::move(*compressed));
        m_services.machine.ask(
            m_session.token(),
            [owner, jpeg](office::Premises& premises) { return premises.matters().put_page(owner, *jpeg); },
            [this, material](Result<std::string> stored) {
              if (stored)
                m_emit(PageStored{material, *stored});
              else
                m_emit(PageRefused{std::string(stored.error().code())});
            });
      });
}

void PictureDesk::drop(DropPage const& page) {
  m_services.machine.tell("drop_page", [owner = page.owner, sha256 = page.sha256](office::Premises& premises) {
    return premises.matters().drop_page(owner, sha256);
  });
}

}  // namespace yizhan::app
