// lib/engine/case_directory.h: the directory's answers for one case.
//
// Joins the picture of the organisations with where the person is, how old and
// with which needs, so that decide can ask who may perform.

#ifndef CAREROUTE_LIB_ENGINE_CASE_DIRECTORY_H_
#define CAREROUTE_LIB_ENGINE_CASE_DIRECTORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "lib/casework/context.h"
#include "lib/directory/match.h"
#include "lib/engine/organisations.h"
#include "lib/engine/persons.h"

namespace careroute::engine {

// Where the person stays, or is registered when that is asked or nothing else
// is known.
[[nodiscard]] directory::Place PlaceOf(const OpenPerson& person,
                                       bool by_registration);

// Whole months on a day; none without a birth date, 0 before it.
[[nodiscard]] std::optional<int32_t> AgeInMonths(
    const std::optional<absl::CivilDay>& birth_date, absl::CivilDay day);

// For one decision; borrows the picture and the person for its life.
class CaseDirectory final : public casework::DirectoryAnswers {
 public:
  struct Options {
    DirectoryPtr picture;
    OpenPersonPtr person;  // null = nothing is known of the person
    absl::CivilDay today;
  };
  explicit CaseDirectory(Options options) : options_(std::move(options)) {}

  [[nodiscard]] const casework::OrganisationFacts* Find(
      absl::string_view organisation) const override;
  [[nodiscard]] bool MemberExists(absl::string_view member) const override;
  [[nodiscard]] std::vector<const casework::OrganisationFacts*> Candidates(
      const casework::PerformerQuery& query, size_t max) const override;

 private:
  Options options_;
};

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_CASE_DIRECTORY_H_
