#include "lib/casework/folded_case.h"

#include "careroute/command/v1/case_command.pb.h"
#include "google/protobuf/arena.h"
#include "lib/casework/internal/draft.h"
#include "lib/casework/internal/draft_view.h"
#include "lib/casework/internal/performers.h"

namespace careroute::casework {

// A draft to which nothing happens.
struct FoldedCase::Held {
  explicit Held(const Options& options)
      : context({.now = options.now,
                 .arena = &arena,
                 .directory = &options.directory,
                 .calendars = &options.calendars,
                 .person = options.person}),
        draft(options.state, options.edition, command, context,
              options.state.coordinator),
        view(draft) {}

  google::protobuf::Arena arena;
  command::v1::CaseCommand command;
  Context context;
  internal::Draft draft;
  internal::DraftView view;
};

FoldedCase::FoldedCase(const Options& options)
    : held_(std::make_unique<const Held>(options)) {}

FoldedCase::~FoldedCase() = default;

const pathway::CaseView& FoldedCase::view() const { return held_->view; }

const calendar::Zone* FoldedCase::zone() const {
  return held_->draft.places.home().zone;
}

absl::CivilDay FoldedCase::today() const {
  return zone() != nullptr
             ? held_->draft.places.today()
             : absl::ToCivilDay(held_->context.now, absl::UTCTimeZone());
}

const FactRecord* FoldedCase::CurrentFact(absl::string_view fact,
                                          pathway::SubjectRef subject) const {
  return held_->draft.CurrentFact(fact, subject);
}

bool FoldedCase::MayPerform(absl::string_view organisation,
                            const model::v1::Performer& performer,
                            const Occurrence* occurrence) const {
  static const Occurrence* const kNotStarted = new Occurrence();
  return internal::MayPerformFor(
      held_->draft, occurrence == nullptr ? *kNotStarted : *occurrence,
      organisation, performer);
}

}  // namespace careroute::casework
