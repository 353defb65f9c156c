#include "lib/engine/matching.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "lib/directory/match.h"
#include "lib/engine/case_directory.h"
#include "lib/engine/internal/dates.h"

namespace careroute::engine {
namespace {

struct ReasonText {
  absl::string_view key;
  absl::string_view ru;
  absl::string_view en;
};

constexpr ReasonText kReasonTexts[] = {
    {"area_settlement", "обслуживает посёлок $0", "serves the settlement $0"},
    {"area_district", "работает в районе $0", "works in the district $0"},
    {"area_region", "работает в регионе", "works in the region"},
    {"other_region", "другой регион: $0", "another region: $0"},
    {"any_region", "другой регион ($0), это допускается",
     "another region ($0), which is allowed"},
    {"other_district", "не обслуживает район $0",
     "does not serve the district $0"},
    {"other_district_remote", "район $0 — только дистанционно",
     "the district $0 only at a distance"},
    {"season_closed", "в месяце $1 нет дороги в $0",
     "no road to $0 in month $1"},
    {"season_other_form", "дороги в $0 нет, помощь в другой форме: $1",
     "no road to $0; helps in another form: $1"},
    {"age", "возраст вне пределов: с $0 до $1 мес.",
     "age outside $0 to $1 months"},
    {"need_not_met", "не может обеспечить: $0", "cannot provide: $0"},
    {"language", "не говорит на языке $0", "does not speak $0"},
    {"needs_met", "обеспечивает все потребности", "meets all stated needs"},
    {"places_free", "свободных мест: $0 (на $1)", "places free: $0 (on $1)"},
    {"full", "мест нет (на $0)", "full (on $0)"},
    {"waiting", "ожидают: $0", "waiting: $0"},
    {"not_in_operation", "не работает в этот день",
     "not in operation on that day"},
    {"said_no", "уже отказала в этом случае", "said no in this case"},
};

std::string TextOf(const directory::MatchReason& reason,
                   const std::string& language) {
  for (const ReasonText& text : kReasonTexts) {
    if (text.key != reason.key) continue;
    std::string first;
    std::string second;
    if (!reason.arguments.empty()) first = reason.arguments[0];
    if (reason.arguments.size() > 1) second = reason.arguments[1];
    return absl::Substitute(language == "ru" ? text.ru : text.en, first,
                            second);
  }
  return reason.key;
}

model::v1::ProviderMatch ToProto(const directory::Match& match, int32_t rank,
                                 const std::string& language) {
  model::v1::ProviderMatch proto;
  *proto.mutable_organisation() = *match.organisation;
  proto.set_rank(rank);
  proto.set_fits(match.fits);
  proto.set_form(match.form);
  model::v1::Explanation& because = *proto.mutable_because();
  because.set_message_key(match.fits ? "match.fits" : "match.ruled_out");
  because.set_answer(match.fits ? model::v1::EXPLANATION_ANSWER_YES
                                : model::v1::EXPLANATION_ANSWER_NO);
  for (const directory::MatchReason& reason : match.reasons) {
    model::v1::Explanation& node = *because.add_because();
    node.set_message_key(absl::StrCat("match.", reason.key));
    for (const std::string& argument : reason.arguments) {
      node.add_arguments(argument);
    }
    node.set_answer(reason.rules_out ? model::v1::EXPLANATION_ANSWER_NO
                                     : model::v1::EXPLANATION_ANSWER_YES);
    node.set_text(TextOf(reason, language));
  }
  return proto;
}

}  // namespace

absl::StatusOr<std::vector<model::v1::ProviderMatch>> MatchFor(
    const CaseReading& reading, const MatchQuestion& question) {
  const casework::Occurrence* occurrence =
      casework::FindOccurrence(*reading.state, question.occurrence);
  if (occurrence == nullptr) {
    return absl::NotFoundError("the case has no such live occurrence");
  }
  const model::v1::Step* step = reading.edition->FindStep(occurrence->step);
  if (step == nullptr) {
    return absl::DataLossError("the edition lacks a step of the case");
  }
  const absl::CivilDay day =
      internal::ParseDay(question.date)
          .value_or(absl::ToCivilDay(question.now, absl::UTCTimeZone()));
  const model::v1::Performer& performer = step->performer();
  std::vector<model::v1::AgencyKind> kinds;
  std::string service = performer.service();
  if (const model::v1::Role* role =
          reading.edition->FindRole(performer.role(), day)) {
    kinds.push_back(role->kind());
    for (const int also : role->also_kinds()) {
      kinds.push_back(static_cast<model::v1::AgencyKind>(also));
    }
    if (service.empty()) service = role->service();
  }
  const directory::MatchQuery query{
      .service = service,
      .role = performer.role(),
      .kinds = kinds,
      .place =
          PlaceOf(*reading.person, performer.area_of() ==
                                       model::v1::AREA_OF_PERSON_REGISTRATION),
      .any_region = performer.any_region(),
      .day = day,
      .age_months = AgeInMonths(reading.person->birth_date, day),
      .needs = &reading.person->person.needs(),
      .excluded = occurrence->excluded};
  std::vector<model::v1::ProviderMatch> matches;
  for (const directory::Match& match :
       directory::MatchProviders(reading.directory->directory, query)) {
    matches.push_back(ToProto(match, static_cast<int32_t>(matches.size()) + 1,
                              question.language));
  }
  return matches;
}

}  // namespace careroute::engine
