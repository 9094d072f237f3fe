#include "shared/base/log.h"

#include <pthread.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <vector>

namespace yizhan::log {

namespace {

constexpr std::size_t k_file_bytes = 5U << 20;
constexpr std::size_t k_old_files = 2;  // with the current one: three

/// The one way out: masks, keeps a line one line, hands on. Its mutex orders the lines of all threads.
class RedactingSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  void add(spdlog::sink_ptr target) {
    std::lock_guard const lock(mutex_);
    target->set_pattern(k_pattern);
    m_sinks.push_back(std::move(target));
  }

 protected:
  void sink_it_(spdlog::details::log_msg const& message) override {
    std::string line = redact({message.payload.data(), message.payload.size()});
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    spdlog::details::log_msg masked = message;
    masked.payload = spdlog::string_view_t(line.data(), line.size());
    for (auto const& target : m_sinks) target->log(masked);
  }
  void flush_() override {
    for (auto const& target : m_sinks) target->flush();
  }

 private:
  static constexpr char const* k_pattern = "%Y-%m-%dT%H:%M:%S.%e%z %l %v";
  std::vector<spdlog::sink_ptr> m_sinks;
};

struct Logger {
  std::shared_ptr<RedactingSink> sink = std::make_shared<RedactingSink>();
  spdlog::logger logger{"yizhan", sink};
  Logger() {
    sink->add(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger.set_level(spdlog::level::info);
    logger.flush_on(spdlog::level::info);
  }
};

Logger& the_logger() {
  // Never destroyed: threads may write until the process is gone.
  static Logger* const logger = new Logger;
  return *logger;
}

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

thread_local std::string t_thread_name = "main";

}  // namespace

void set_thread_name(char const* name) {
  t_thread_name = std::string(name).substr(0, 15);
  ::pthread_setname_np(::pthread_self(), t_thread_name.c_str());
}

void set_level(Level level) { the_logger().logger.set_level(level_of(level)); }

Result<void> open_file(std::filesystem::path const& path) {
  spdlog::file_event_handlers handlers;
  handlers.after_open = [](spdlog::filename_t const&, std::FILE* file) { ::fchmod(::fileno(file), 0600); };
  try {
    the_logger().sink->add(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path.string(), k_file_bytes,
                                                                                  k_old_files, false, handlers));
  } catch (std::exception const& failure) {
    return Error::make("log_file", Retry::no, failure.what());
  }
  return {};
}

void write(Level level, std::string_view line) {
  auto& logger = the_logger().logger;
  if (!logger.should_log(level_of(level))) return;
  logger.log(level_of(level), "[{}] {}", t_thread_name, line);
}

}  // namespace yizhan::log
