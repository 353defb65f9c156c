// Events onto a case: as decide makes them, damaged on the way, or any at all.
//
// An input is read as a life: commands, days that pass, and damage done to the
// stream. One that begins with "text" is a stream of CaseEvents in textproto
// instead, a line "--" between two.
//
// Held of what decide makes: every invariant, and a refusal says why. Held of
// anything: folding again gives the same, from a snapshot too; what was folded
// can be shown and asked, and is no larger than its events allow.

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/text_format.h"
#include "lib/base/check.h"
#include "lib/casework/decide.h"
#include "lib/casework/fold.h"
#include "lib/casework/invariants.h"
#include "lib/casework/row.h"
#include "lib/casework/snapshot.h"
#include "lib/casework/testing/case_stage.h"
#include "lib/casework/timers.h"
#include "lib/casework/view.h"
#include "tests/fuzz/byte_source.h"
#include "tests/fuzz/damage.h"
#include "tests/fuzz/life_commands.h"

namespace careroute::fuzz {
namespace {

using casework::Case;
using casework::testing::CaseStage;
using command::v1::CaseCommand;
using event::v1::CaseEvent;

// Longer lives find nothing that these do not, and take longer to shrink.
constexpr int kMovesMax = 100;
// A store refuses larger events, so none is ever folded.
constexpr size_t kEventBytesMax = size_t{1} << 20;
// What a state may be larger than its events: names of what runs are said once
// in an event and kept with a few fields around them.
constexpr size_t kStateBytesFactor = 4;

constexpr base::Uid kCase = {.high = 1, .low = 2};

// The pathway, the calendars, the organisations and the person of every life.
CaseStage& Stage() {
  static auto* const stage = new CaseStage();
  return *stage;
}

class Life {
 public:
  Life() : now_(Stage().now()) {
    for (uint64_t i = 0; i < casework::kFreshIdsMin; ++i) {
      ids_.push_back({.high = 7, .low = i + 1});
    }
  }

  void Open();
  void Move(ByteSource& bytes);
  void FoldAny(const CaseEvent& event);
  void Hold() const;

 private:
  void Ask(const CaseCommand& command, const model::v1::Actor& actor);
  void Pass(absl::Duration time);
  void FoldDamaged(ByteSource& bytes);
  void Fold(const CaseEvent& event);

  google::protobuf::Arena arena_;
  std::vector<base::Uid> ids_;
  absl::Time now_;
  Case state_;
  std::vector<std::string> stream_;
  size_t folded_bytes_ = 0;
  bool damaged_ = false;
};

void Life::Open() { Ask(OpenCommand(), CaseStage::Actor("clinic", "m1")); }

void Life::Ask(const CaseCommand& command, const model::v1::Actor& actor) {
  arena_.Reset();
  for (base::Uid& id : ids_) {
    id.low += casework::kFreshIdsMin;
  }
  const casework::Decision decision =
      casework::Decide(state_, Stage().edition(), command,
                       {.now = now_,
                        .actor = &actor,
                        .arena = &arena_,
                        .case_id = kCase,
                        .fresh_ids = ids_,
                        .directory = &Stage().directory(),
                        .calendars = &Stage().calendars(),
                        .person = &Stage().person()});
  if (!decision.ok()) {
    CAREROUTE_CHECK(decision.refusal != nullptr);
    CAREROUTE_CHECK(decision.refusal->reason() !=
                    model::v1::ERROR_REASON_UNSPECIFIED);
    CAREROUTE_CHECK(decision.refusal->reason() !=
                    model::v1::ERROR_REASON_INTERNAL);
    return;
  }
  CaseEvent stored;
  CAREROUTE_CHECK(stored.ParseFromString(decision.event->SerializeAsString()));
  Fold(stored);
}

void Life::Fold(const CaseEvent& event) {
  stream_.push_back(event.SerializeAsString());
  folded_bytes_ += stream_.back().size();
  casework::Fold(event, state_);
  if (damaged_) {
    return;
  }
  const std::vector<std::string> broken =
      casework::BrokenInvariants(state_, Stage().edition());
  for (const std::string& one : broken) {
    std::fprintf(stderr, "broken: %s\n", one.c_str());
  }
  CAREROUTE_CHECK(broken.empty());
}

// As it would be read from a store: what no store can hold is not folded.
void Life::FoldAny(const CaseEvent& event) {
  damaged_ = true;
  const std::string bytes = event.SerializeAsString();
  CaseEvent stored;
  if (bytes.size() <= kEventBytesMax && stored.ParseFromString(bytes)) {
    Fold(stored);
  }
}

void Life::FoldDamaged(ByteSource& bytes) {
  if (stream_.empty()) {
    return;
  }
  CaseEvent event;
  CAREROUTE_CHECK(event.ParseFromString(stream_[bytes.Below(stream_.size())]));
  const size_t times = bytes.Below(4);  // none: told twice
  for (size_t i = 0; i < times; ++i) {
    Damage(bytes, event);
  }
  FoldAny(event);
}

// Fires what falls due on the way, as a hub does.
void Life::Pass(absl::Duration time) {
  constexpr int kFiredMax = 20;
  const absl::Time until = now_ + time;
  for (int i = 0; i < kFiredMax; ++i) {
    const std::optional<casework::DueTimer> timer = casework::NextTimer(state_);
    if (!timer.has_value() || timer->due > until) {
      break;
    }
    now_ = std::max(now_, timer->due);
    CaseCommand command;
    command.mutable_fire_timer()->set_kind(timer->kind);
    command.mutable_fire_timer()->set_number(timer->number);
    command.mutable_fire_timer()->set_level(timer->level);
    Ask(command, CaseStage::Hub());
  }
  now_ = std::max(now_, until);
}

void Life::Move(ByteSource& bytes) {
  constexpr size_t kRawBytesMax = 256;
  switch (bytes.Below(8)) {
    case 0:
      return Pass(absl::Hours(bytes.Byte()));
    case 1:
      return FoldDamaged(bytes);
    case 2: {
      CaseEvent event;
      const absl::string_view raw = bytes.Take(bytes.Below(kRawBytesMax));
      if (event.ParseFromArray(raw.data(), static_cast<int>(raw.size()))) {
        FoldAny(event);
      }
      return;
    }
    default: {
      const CaseCommand command =
          NextCommand(state_, Stage().edition(), now_, bytes);
      return Ask(command, NextActor(bytes));
    }
  }
}

void Life::Hold() const {
  Case again;
  CaseEvent event;
  for (const std::string& bytes : stream_) {
    CAREROUTE_CHECK(event.ParseFromString(bytes));
    casework::Fold(event, again);
  }
  CAREROUTE_CHECK(again == state_);
  const std::string saved = casework::ToSnapshot(state_).SerializeAsString();
  CAREROUTE_CHECK(saved.size() <= casework::kSnapshotBytesMax +
                                      kStateBytesFactor * folded_bytes_);
  event::v1::CaseSnapshot snapshot;
  CAREROUTE_CHECK(snapshot.ParseFromString(saved));
  const std::optional<Case> restored = casework::FromSnapshot(snapshot);
  CAREROUTE_CHECK(restored.has_value());
  CAREROUTE_CHECK(*restored == state_);
  CAREROUTE_CHECK(casework::ToModel(state_, kCase).IsInitialized());
  CAREROUTE_CHECK(casework::ToRow(state_, kCase).IsInitialized());
  CAREROUTE_CHECK(casework::CountOverdue(state_) >= 0);
  (void)casework::BrokenInvariants(state_, Stage().edition());
}

void LiveThrough(ByteSource& bytes) {
  Life life;
  life.Open();
  for (int i = 0; i < kMovesMax && !bytes.empty(); ++i) {
    life.Move(bytes);
  }
  life.Hold();
}

void FoldTexts(absl::string_view texts) {
  Life life;
  google::protobuf::TextFormat::Parser parser;
  class Silent final : public google::protobuf::io::ErrorCollector {
    void AddError(int, int, const std::string&) override {}
  } silent;
  parser.RecordErrorsTo(&silent);
  for (const absl::string_view text : absl::StrSplit(texts, "\n--\n")) {
    CaseEvent event;
    if (parser.ParseFromString(std::string(text), &event)) {
      life.FoldAny(event);
    }
  }
  life.Hold();
}

}  // namespace
}  // namespace careroute::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr absl::string_view kText = "text\n";
  // It would print what is wrong with every input, by itself.
  google::protobuf::SetLogHandler(nullptr);
  const absl::string_view whole(reinterpret_cast<const char*>(data), size);
  if (whole.substr(0, kText.size()) == kText) {
    careroute::fuzz::FoldTexts(whole.substr(kText.size()));
    return 0;
  }
  careroute::fuzz::ByteSource bytes(data, size);
  careroute::fuzz::LiveThrough(bytes);
  return 0;
}
