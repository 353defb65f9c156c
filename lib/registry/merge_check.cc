#include "lib/registry/merge_check.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "lib/base/problems.h"
#include "lib/registry/internal/comparison.h"
#include "lib/registry/internal/person_checks.h"
#include "lib/registry/internal/person_refusal.h"

namespace careroute::registry {
namespace {

using internal::Agree;
using internal::Comparison;
using internal::DateAgree;

void CheckRecord(const MergeSide& side, absl::string_view field,
                 base::Problems& problems) {
  if (side.record.ahead) {
    problems.Error(field, "AHEAD", "was written by a newer release",
                   "ask again once this hub is of that release");
  } else if (side.record.state == model::v1::PERSON_STATE_ERASED) {
    problems.Error(field, "ERASED", "was erased",
                   "name a record of which something is left");
  } else if (side.record.state == model::v1::PERSON_STATE_ADOPTED) {
    problems.Error(field, "ADOPTED", "ended when the child was adopted",
                   "leave it apart: nothing may join the two histories");
  } else if (side.record.state == model::v1::PERSON_STATE_MERGED) {
    problems.Error(
        field, "MERGED",
        absl::StrCat("was merged into ", side.record.merged_into, " before"),
        "name that record, or take that merge back first");
  }
}

bool ShareAParent(const MergeQuestion& question) {
  const std::vector<std::string>& others = question.merged.parents;
  return std::any_of(question.keep.parents.begin(), question.keep.parents.end(),
                     [&others](const std::string& parent) {
                       return std::find(others.begin(), others.end(), parent) !=
                              others.end();
                     });
}

// Twins, unless an identifier is the same and neither given name nor birth
// order says otherwise.
bool MayBeTwins(const Comparison& compared, const MergeQuestion& question) {
  const bool one_birth =
      compared.IsOfOneBirth() ||
      (compared.date == DateAgree::kSame && ShareAParent(question));
  return one_birth &&
         (!compared.SharesIdentifier() || compared.given == Agree::kNo ||
          compared.birth_order == Agree::kNo);
}

void CheckIdentities(const MergeQuestion& question, base::Problems& problems) {
  const Comparison compared = internal::CompareIdentities(
      question.keep.identity, question.merged.identity);
  if (compared.date != DateAgree::kSame &&
      compared.date != DateAgree::kNotKnown) {
    problems.Error("merged", "BIRTH_DATES_DIFFER",
                   "the two have different birth dates",
                   "put the wrong one right in its record first");
  }
  if (compared.snils == Agree::kNo) {
    problems.Error("merged", "SNILS_DIFFER",
                   "the two have different insurance numbers, and both are "
                   "well-formed",
                   "put the wrong one right in its record first");
  }
  if (MayBeTwins(compared, question) &&
      !internal::IsProvedByDocument(question.command)) {
    problems.Error("document", "TWINS",
                   "the two were born on one day into one family: they are "
                   "twins until a document proves otherwise",
                   "name the document that shows both to be one person, with "
                   "the reason SAME_DOCUMENT or CIVIL_REGISTRY");
  }
}

// Whether one record names the other as somebody else.
bool Names(const MergeSide& side, const std::string& other) {
  const PersonRecord& record = side.record;
  return side.identity.mother == other ||
         std::any_of(record.representatives.begin(),
                     record.representatives.end(),
                     [&other](const RepresentativeRecord& one) {
                       return one.person == other;
                     }) ||
         std::any_of(record.relations.begin(), record.relations.end(),
                     [&other](const RelationRecord& one) {
                       return one.person == other;
                     });
}

void CheckFamily(const MergeQuestion& question, base::Problems& problems) {
  const MergeSide& keep = question.keep;
  const MergeSide& merged = question.merged;
  if (Names(keep, merged.name) || Names(merged, keep.name)) {
    problems.Error("merged", "RELATED",
                   "one of the two is a relative or representative of the "
                   "other",
                   "merge two records of one person; a mother and her child "
                   "are two");
  }
  for (const std::string& who : merged.acting) {
    if (who != keep.name && std::find(keep.acting.begin(), keep.acting.end(),
                                      who) == keep.acting.end()) {
      problems.Error(
          "merged", "REPRESENTATIVE_MISSING",
          absl::StrCat(who,
                       " represents the record that is to go, and not "
                       "the one that stays: their consents would lapse"),
          "add them to the record that stays, or end them in the other");
    }
  }
}

void CheckOpenCases(const MergeQuestion& question, base::Problems& problems) {
  const auto named = [](const std::string& name) {
    return name.empty() ? "a case you take no part in" : name;
  };
  for (const OpenOnBoth& rivals : question.open_on_both) {
    problems.Error(
        "merged", "BOTH_OPEN",
        absl::StrCat("both have an open case on ", rivals.pathway, ": ",
                     named(rivals.of_keep), " and ", named(rivals.of_merged)),
        "close one of them as opened by mistake first");
  }
}

}  // namespace

std::optional<model::v1::Refusal> CheckMerge(const MergeQuestion& question) {
  base::Problems problems;
  internal::CheckTakeOver(question.command, {.person = question.keep.name},
                          problems);
  CheckRecord(question.keep, "keep", problems);
  CheckRecord(question.merged, "merged", problems);
  internal::CheckStandsForItself(question.merged.record, "merged", problems);
  if (question.keep.name != question.merged.name) {
    CheckIdentities(question, problems);
    CheckFamily(question, problems);
    CheckOpenCases(question, problems);
  }
  if (!problems.HasErrors()) return std::nullopt;
  return internal::RefuseProblems(
      {.reason = model::v1::ERROR_REASON_WRONG_STATE,
       .key = "person.merge_refused",
       .message = "the two records cannot be taken for one person"},
      problems);
}

}  // namespace careroute::registry
