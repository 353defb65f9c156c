// lib/engine/internal/route_page.h: what every part of a route is made from.

#ifndef CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_PAGE_H_
#define CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_PAGE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "careroute/model/v1/route.pb.h"
#include "lib/casework/folded_case.h"
#include "lib/engine/case_directory.h"
#include "lib/engine/route.h"
#include "lib/pathway/case_view.h"

namespace careroute::engine::internal {

// Borrows the reading and the options; lives as long as one BuildRoute.
class RoutePage {
 public:
  RoutePage(const CaseReading& given, const RouteOptions& asked);

  RoutePage(const RoutePage&) = delete;
  RoutePage& operator=(const RoutePage&) = delete;

  const CaseReading& reading;
  const RouteOptions& options;
  const casework::Case& state;
  const pathway::Edition& edition;
  const std::string language;
  // A family sheet of a person whose places are kept from a representative:
  // it shows no address and not where the person is.
  const bool places_hidden = false;
  // At the coordinator's; by UTC when their zone is not known.
  const absl::CivilDay today;

  // Of the coordinator; null = not known.
  [[nodiscard]] const calendar::Zone* zone() const { return folded_.zone(); }
  [[nodiscard]] const pathway::CaseView& view() const { return folded_.view(); }
  // The record in force today; null = never recorded.
  [[nodiscard]] const casework::FactRecord* CurrentFact(
      absl::string_view fact) const {
    return folded_.CurrentFact(fact, {});
  }

  // The text of "step/ID" and the like; the family's where that was asked.
  [[nodiscard]] std::string Title(absl::string_view key) const;
  [[nodiscard]] std::string FamilyText(absl::string_view key) const;

  [[nodiscard]] absl::CivilDay DayOf(absl::Time time) const;
  [[nodiscard]] bool MaySee(model::v1::DataClass data_class) const {
    return options.visible.Contains(data_class);
  }

  // The title of a document, or its kind where nothing names it.
  [[nodiscard]] std::string Document(const std::string& kind) const;
  // Of a person; empty when not known or not to be seen.
  [[nodiscard]] std::string NameOf(absl::string_view person) const;

  // To whom to turn; only the name for one the directory does not know.
  [[nodiscard]] model::v1::RouteContact Organisation(
      absl::string_view organisation) const;
  [[nodiscard]] model::v1::RouteContact Member(absl::string_view member) const;
  // Nobody in particular: a role of the pathway.
  [[nodiscard]] model::v1::RouteContact Role(const std::string& role) const;
  [[nodiscard]] model::v1::RouteContact Family() const;

  // UNSPECIFIED when the directory does not know it.
  [[nodiscard]] model::v1::AgencyKind KindOf(
      absl::string_view organisation) const;

 private:
  const CaseDirectory directory_;
  const std::optional<casework::PersonFacts> person_;  // nullopt = erased
  const casework::FoldedCase folded_;
};

// Whether a record from-to, YYYY-MM-DD or empty, holds on a day.
[[nodiscard]] bool HoldsOn(absl::string_view from, absl::string_view to,
                           absl::CivilDay day);

}  // namespace careroute::engine::internal

#endif  // CAREROUTE_LIB_ENGINE_INTERNAL_ROUTE_PAGE_H_
