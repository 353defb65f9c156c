#include "services/hub/generate/caseload.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lib/base/hash.h"
#include "lib/base/uid.h"
#include "services/hub/generate/invented_people.h"

namespace careroute::services {
namespace {

using command::v1::CaseCommand;
using model::v1::Actor;
using model::v1::Organisation;

constexpr uint32_t kCaseloads = 1'000'000;
constexpr uint64_t kPercent = 100;
constexpr int kHoursOfDay = 24;

// Members of the organisations.
constexpr char kCoordinator[] = "coordinator";
constexpr char kRegistrar[] = "registrar";
constexpr char kSpecialist[] = "specialist";

// Of a parent, in years.
constexpr int kParentAgeFrom = 18;
constexpr int kParentAgeTo = 44;

// A number a person of a case has, and a number the parent has.
constexpr uint32_t kNumbersPerCase = 2;

template <typename List>
int64_t SharesOf(const List& list) {
  return std::accumulate(
      list.begin(), list.end(), int64_t{0},
      [](int64_t sum, const auto& one) { return sum + one.share; });
}

// One of the list, in proportion to the shares.
template <typename List>
size_t Draw(const List& list, int64_t all, base::Random& random) {
  auto at = static_cast<int64_t>(random.Uniform(static_cast<uint64_t>(all)));
  size_t index = 0;
  while (at >= list[index].share) at -= list[index++].share;
  return index;
}

int64_t Within(const WholeRange& range, base::Random& random) {
  return range.from + static_cast<int64_t>(random.Uniform(
                          static_cast<uint64_t>(range.to - range.from) + 1));
}

bool OfHundred(int percent, base::Random& random) {
  return random.Uniform(kPercent) < static_cast<uint64_t>(percent);
}

std::string OrganisationId(const CaseloadShape& shape, size_t programme,
                           uint64_t index) {
  return absl::StrFormat("organisations/%s-%d-%03d",
                         shape.programmes[programme].report.pathway(),
                         programme + 1, index + 1);
}

std::string PerformerId(const CaseloadPerformers& performers, uint64_t index) {
  return absl::StrFormat("organisations/asked-%s-%03d", performers.id,
                         index + 1);
}

Actor ActorAt(const std::string& organisation, absl::string_view member,
              model::v1::ActorRole role) {
  Actor actor;
  actor.set_organisation(organisation);
  actor.set_member(absl::StrCat(organisation, "/members/", member));
  actor.set_role(role);
  actor.set_purpose("care");
  return actor;
}

void AddMember(absl::string_view id, std::vector<model::v1::ActorRole> roles,
               base::Random& random, Organisation& organisation) {
  model::v1::Member& member = *organisation.add_members();
  member.set_name(absl::StrCat(organisation.name(), "/members/", id));
  member.set_kind(model::v1::MEMBER_KIND_PERSON);
  for (const model::v1::ActorRole role : roles) member.add_roles(role);
  member.set_display_name(InventColleague(random));
}

struct Described {
  std::string name;
  std::string title;
  model::v1::AgencyKind kind = model::v1::AGENCY_KIND_UNSPECIFIED;
  size_t index = 0;  // among its like, which are spread over the districts
};

// With who coordinates there.
Organisation Describe(const CaseloadShape& shape, const Described& described,
                      base::Random& random) {
  Organisation made;
  made.set_name(described.name);
  made.set_title(described.title);
  made.set_kind(described.kind);
  made.set_region(shape.region);
  made.set_district(shape.districts[described.index % shape.districts.size()]);
  made.set_settlement(made.district());
  made.set_calendar(shape.calendar);
  made.set_zone(shape.zone);
  AddMember(
      kCoordinator,
      {model::v1::ACTOR_ROLE_COORDINATOR, model::v1::ACTOR_ROLE_PERFORMER},
      random, made);
  AddMember("deputy", {model::v1::ACTOR_ROLE_COORDINATOR}, random, made);
  AddMember("head", {model::v1::ACTOR_ROLE_COORDINATOR}, random, made);
  made.set_duty_coordinator(made.members(0).name());
  made.set_duty_deputy(made.members(1).name());
  made.set_head(made.members(2).name());
  return made;
}

base::SeededRandom RandomOf(const std::string& organisation) {
  return base::SeededRandom(base::DeriveUid({"caseload", organisation}).low);
}

Organisation ReporterOf(const CaseloadShape& shape, size_t programme,
                        size_t index) {
  const std::string name = OrganisationId(shape, programme, index);
  base::SeededRandom random = RandomOf(name);
  Organisation made =
      Describe(shape,
               {.name = name,
                .title = absl::StrCat("Организация ", programme + 1, "-",
                                      index + 1, " (демо)"),
                .kind = shape.programmes[programme].reporter,
                .index = index},
               random);
  AddMember(kRegistrar, {model::v1::ACTOR_ROLE_REGISTRAR}, random, made);
  return made;
}

Organisation PerformerOf(const CaseloadShape& shape, size_t sort,
                         size_t index) {
  const CaseloadPerformers& performers = shape.performers[sort];
  const std::string name = PerformerId(performers, index);
  base::SeededRandom random = RandomOf(name);
  Organisation made =
      Describe(shape,
               {.name = name,
                .title = absl::StrCat("Исполнитель ", sort + 1, "-", index + 1,
                                      " (демо)"),
                .kind = performers.kind,
                .index = index},
               random);
  AddMember(kSpecialist, {model::v1::ACTOR_ROLE_PERFORMER}, random, made);
  for (const std::string& service : performers.services) {
    made.add_services()->set_service(service);
  }
  return made;
}

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(absl::ToUnixSeconds(time));
  return stamp;
}

// In UTC: in no region of the shape has a later day begun than it says.
absl::CivilDay DayOf(absl::Time time) {
  return absl::ToCivilDay(time, absl::UTCTimeZone());
}

absl::CivilDay MonthsBefore(absl::CivilDay day, int64_t months) {
  return absl::CivilDay(day.year(), day.month() - months, day.day());
}

// The last day before it is the birthday of somebody a month too old.
absl::CivilDay BornFrom(absl::CivilDay today, const WholeRange& age) {
  return MonthsBefore(today, age.to + 1) + 1;
}

using Documents = google::protobuf::RepeatedPtrField<model::v1::Document>;

// The documents that come with the command; null when it brings none.
Documents* DocumentsIn(CaseCommand& command) {
  if (command.has_complete_step()) {
    return command.mutable_complete_step()->mutable_documents();
  }
  if (command.has_referral() && command.referral().has_complete()) {
    return command.mutable_referral()->mutable_complete()->mutable_documents();
  }
  return nullptr;
}

// Whatever is signed with a move is signed on its day.
void Date(const std::string& day, CaseCommand& command) {
  if (Documents* const documents = DocumentsIn(command)) {
    for (model::v1::Document& one : *documents) one.set_issued_on(day);
  }
  if (model::v1::Consent* const consent = ConsentIn(command)) {
    consent->set_from(day);
    if (consent->has_document()) {
      consent->mutable_document()->set_issued_on(day);
    }
  }
}

// Whom a referral asks, in turn: each further one asks the next.
class Asked {
 public:
  Asked(const CaseloadPerformers* performers, uint64_t first)
      : performers_(performers), next_(first) {}

  // Fills in whom the command asks, if it asks.
  void Fill(CaseCommand& command) {
    if (performers_ == nullptr || !AsksPerformer(command)) return;
    last_ = PerformerId(
        *performers_,
        next_++ % static_cast<uint64_t>(performers_->organisations));
    command::v1::ReferralCommand& referral = *command.mutable_referral();
    if (referral.has_make()) {
      referral.mutable_make()->set_performer(last_);
    } else {
      referral.mutable_redirect()->set_performer(last_);
    }
  }
  // Who acts for the organisation asked last.
  [[nodiscard]] Actor Specialist() const {
    return ActorAt(last_, kSpecialist, model::v1::ACTOR_ROLE_PERFORMER);
  }

 private:
  const CaseloadPerformers* performers_;
  uint64_t next_;
  std::string last_;
};

}  // namespace

model::v1::Consent* ConsentIn(CaseCommand& command) {
  if (command.has_complete_step() && command.complete_step().has_consent()) {
    return command.mutable_complete_step()->mutable_consent();
  }
  if (command.has_give_consent()) {
    return command.mutable_give_consent()->mutable_consent();
  }
  return nullptr;
}

// When the history of a case began, who coordinates it, and whom it asks.
struct Caseload::Course {
  absl::Time began;
  Actor coordinator;
  const CaseloadPerformers* performers = nullptr;  // null = nobody
  uint64_t asked_first = 0;
};

Caseload::Caseload(const Options& options)
    : options_(options),
      seed_(absl::StrCat(options.seed)),
      caseload_(static_cast<uint32_t>(base::DeriveUid({"caseload", seed_}).low %
                                      kCaseloads)),
      programme_shares_(SharesOf(options.shape.programmes)) {}

PlannedCase Caseload::Plan(uint32_t number) const {
  base::SeededRandom random(
      base::DeriveUid({"caseload", seed_, absl::StrCat(number)}).low);
  PlannedCase planned;
  planned.programme =
      Draw(options_.shape.programmes, programme_shares_, random);
  const CaseloadProgramme& programme =
      options_.shape.programmes[planned.programme];
  const CaseloadHistory& history = programme.histories[Draw(
      programme.histories, SharesOf(programme.histories), random)];
  const std::string organisation = OrganisationId(
      options_.shape, planned.programme,
      random.Uniform(static_cast<uint64_t>(programme.organisations)));
  planned.reporter =
      ActorAt(organisation, kRegistrar, model::v1::ACTOR_ROLE_REGISTRAR);
  // Whatever was drawn, all moves of the history lie in the past.
  const int64_t least =
      std::accumulate(history.moves.begin(), history.moves.end(), int64_t{0},
                      [](int64_t sum, const CaseloadMove& one) {
                        return sum + one.after_hours;
                      });
  const int64_t hours = Within(history.began_days_ago, random) * kHoursOfDay +
                        static_cast<int64_t>(random.Uniform(kHoursOfDay));
  const absl::Time began = options_.now - absl::Hours(std::max(hours, least));
  planned.report = programme.report;
  *planned.report.mutable_happened_time() = ToProto(began);
  InventPeople(number, DayOf(began), random, planned);
  Course course = {.began = began,
                   .coordinator = ActorAt(organisation, kCoordinator,
                                          model::v1::ACTOR_ROLE_COORDINATOR)};
  if (programme.performers.has_value()) {
    course.performers = &options_.shape.performers[*programme.performers];
    course.asked_first =
        random.Uniform(static_cast<uint64_t>(course.performers->organisations));
  }
  planned.moves = MovesOf(history, course);
  return planned;
}

void Caseload::InventPeople(uint32_t number, absl::CivilDay began,
                            base::Random& random, PlannedCase& planned) const {
  const CaseloadProgramme& programme =
      options_.shape.programmes[planned.programme];
  const std::vector<std::string>& districts = options_.shape.districts;
  const InventedHome home = {
      .region = options_.shape.region,
      .district = districts[random.Uniform(districts.size())]};
  const absl::CivilDay today = DayOf(options_.now);
  const bool has_parent = OfHundred(programme.with_parent, random);
  // Nobody is reported before they are born.
  *planned.report.mutable_person() = InventPerson(
      {.random = random,
       .gender = random.Uniform(2) == 0 ? Gender::kFemale : Gender::kMale,
       .born_from = BornFrom(today, programme.age_months),
       .born_to =
           std::min(began, MonthsBefore(today, programme.age_months.from)),
       .home = home,
       .number = {.caseload = caseload_, .number = number * kNumbersPerCase},
       .with_policy = OfHundred(programme.with_policy, random),
       .with_phone = !has_parent});
  if (!has_parent) return;
  planned.parent = InventPerson(
      {.random = random,
       .born_from = absl::CivilDay(today.year() - kParentAgeTo, 1, 1),
       .born_to = absl::CivilDay(today.year() - kParentAgeFrom - 1, 12, 31),
       .home = home,
       .number = {.caseload = caseload_,
                  .number = number * kNumbersPerCase + 1}});
}

std::vector<PlannedMove> Caseload::MovesOf(const CaseloadHistory& history,
                                           const Course& course) const {
  std::vector<PlannedMove> moves;
  Asked asked(course.performers, course.asked_first);
  absl::Time happened = course.began;
  for (const CaseloadMove& one : history.moves) {
    happened += absl::Hours(one.after_hours);
    const std::string day = absl::FormatCivilTime(DayOf(happened));
    PlannedMove move = {.step = one.step, .command = one.command};
    *move.command.mutable_happened_time() = ToProto(happened);
    Date(day, move.command);
    asked.Fill(move.command);
    move.actor = one.by_performer ? asked.Specialist() : course.coordinator;
    for (const std::string& fact : one.facts_of_the_day) {
      model::v1::Fact& added =
          *move.command.mutable_complete_step()->add_facts();
      added.set_fact(fact);
      added.mutable_value()->set_date(day);
    }
    if (one.recheck_after_days > 0) {
      move.command.mutable_complete_step()->set_recheck_date(
          absl::FormatCivilTime(DayOf(options_.now) + one.recheck_after_days));
    }
    moves.push_back(std::move(move));
  }
  return moves;
}

std::vector<Organisation> Caseload::Organisations() const {
  const CaseloadShape& shape = options_.shape;
  std::vector<Organisation> all;
  for (size_t i = 0; i < shape.programmes.size(); ++i) {
    const auto count = static_cast<size_t>(shape.programmes[i].organisations);
    for (size_t index = 0; index < count; ++index) {
      all.push_back(ReporterOf(shape, i, index));
    }
  }
  for (size_t i = 0; i < shape.performers.size(); ++i) {
    const auto count = static_cast<size_t>(shape.performers[i].organisations);
    for (size_t index = 0; index < count; ++index) {
      all.push_back(PerformerOf(shape, i, index));
    }
  }
  return all;
}

engine::RequestInfo Caseload::InfoOf(const Actor& actor, uint32_t number,
                                     absl::string_view part) const {
  const std::string place = absl::StrCat(number, "/", part);
  return {.actor = actor,
          .request_id = base::DeriveUid({"caseload", seed_, place}).Bytes(),
          .body_hash = base::Sha256(absl::StrCat(options_.shape.hash, place))};
}

}  // namespace careroute::services
