// lib/casework/internal/places.h: whose calendar and clock count.
//
// A limit counts on the calendar of the organisation that must act, unless the
// step says home: the coordinator's organisation. "Today" is the day at home.

#ifndef CAREROUTE_LIB_CASEWORK_INTERNAL_PLACES_H_
#define CAREROUTE_LIB_CASEWORK_INTERNAL_PLACES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/model/v1/term.pb.h"
#include "lib/calendar/calendar.h"
#include "lib/casework/context.h"

namespace careroute::casework::internal {

// A calendar and a zone of it. Both are set, or neither.
struct Place {
  const calendar::Calendar* calendar = nullptr;
  const calendar::Zone* zone = nullptr;
};

// Not thread-safe; lives as long as one decision.
class Places {
 public:
  // `coordinator` is a member's name; its organisation is home.
  Places(const Context& context, absl::string_view coordinator);

  // False when home has no calendar: then no deadline can be computed and the
  // command must be refused.
  [[nodiscard]] bool ok() const { return home_.zone != nullptr; }

  [[nodiscard]] const Place& home() const { return home_; }
  // Of the organisation; home when it has none.
  [[nodiscard]] Place Of(absl::string_view organisation) const;

  [[nodiscard]] absl::CivilDay today() const { return today_; }
  // The same, YYYY-MM-DD.
  [[nodiscard]] const std::string& today_text() const { return today_text_; }

  [[nodiscard]] absl::CivilDay DayOf(absl::Time time) const;
  [[nodiscard]] absl::Time StartOf(absl::CivilDay day) const;
  // The day of a text YYYY-MM-DD; nullopt when it is none.
  [[nodiscard]] static std::optional<absl::CivilDay> Day(
      absl::string_view text);

  // The exclusive end of a term at home; nullopt when it has none or cannot be
  // computed.
  [[nodiscard]] std::optional<absl::Time> AddTerm(
      absl::Time start, const model::v1::Term& term) const;

  // The start of the day that lies the term before `day`, at home; the start of
  // `day` itself without a term. Minutes and hours are taken off exactly.
  [[nodiscard]] std::optional<absl::Time> Before(
      absl::CivilDay day, const model::v1::Term* term) const;

 private:
  [[nodiscard]] std::optional<Place> Find(absl::string_view organisation) const;

  const Context& context_;
  Place home_;
  absl::CivilDay today_;
  std::string today_text_;
};

}  // namespace careroute::casework::internal

#endif  // CAREROUTE_LIB_CASEWORK_INTERNAL_PLACES_H_
