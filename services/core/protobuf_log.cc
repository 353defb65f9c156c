#include "services/core/protobuf_log.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/stubs/logging.h"

namespace careroute::services {
namespace {

struct Current {
  base::Mutex mutex;
  ProtobufLog* log CAREROUTE_GUARDED_BY(mutex) = nullptr;
};

// Never destroyed: protobuf may still complain while the process ends.
Current& TheCurrent() {
  static Current* const kCurrent = new Current();
  return *kCurrent;
}

// The message itself may quote what a person wrote.
void Handle(google::protobuf::LogLevel, const char*, int, const std::string&) {
  Current& current = TheCurrent();
  base::MutexLock lock(current.mutex);
  if (current.log != nullptr) current.log->Count();
}

}  // namespace

ProtobufLog::ProtobufLog(const Log& log, const base::Clock& clock)
    : log_(log), clock_(clock) {
  Current& current = TheCurrent();
  base::MutexLock lock(current.mutex);
  google::protobuf::SetLogHandler(&Handle);
  current.log = this;
}

ProtobufLog::~ProtobufLog() {
  {
    Current& current = TheCurrent();
    base::MutexLock lock(current.mutex);
    if (current.log == this) current.log = nullptr;
  }
  base::MutexLock lock(mutex_);
  if (untold_ > 0) Tell();
}

void ProtobufLog::Count() {
  base::MutexLock lock(mutex_);
  ++untold_;
  if (absl::AbsDuration(clock_.Now() - told_) >= kComplaintsToldEvery) Tell();
}

void ProtobufLog::Tell() {
  log_.Line(absl::StrCat("protobuf complained of messages ", untold_,
                         " times since this was last told"));
  untold_ = 0;
  told_ = clock_.Now();
}

}  // namespace careroute::services
