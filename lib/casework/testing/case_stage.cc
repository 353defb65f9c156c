#include "lib/casework/testing/case_stage.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/check.h"
#include "lib/base/problems.h"
#include "lib/calendar/load.h"
#include "lib/casework/fold.h"
#include "lib/casework/invariants.h"
#include "lib/casework/snapshot.h"
#include "lib/casework/timers.h"
#include "lib/catalogue/file_reader.h"

namespace careroute::casework::testing {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  CAREROUTE_CHECK(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::shared_ptr<const pathway::Edition> MakeEdition(const std::string& text) {
  model::v1::Pathway pathway;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(text, &pathway));
  auto edition = pathway::Edition::FromBound(pathway.SerializeAsString(), "");
  CAREROUTE_CHECK(edition.ok());
  return *std::move(edition);
}

calendar::CalendarSet MakeCalendars() {
  base::Problems problems;
  const std::string name = "lib/calendar/catalogue/ru-2026.1.textproto";
  const calendar::CalendarFile file{.name = name, .text = ReadFile(name)};
  calendar::CalendarSet set = calendar::LoadCalendars({&file, 1}, problems);
  CAREROUTE_CHECK(!problems.HasErrors());
  return set;
}

measures::MeasureSets MakeMeasures() {
  base::Problems problems;
  measures::MeasureSets sets = measures::LoadMeasureSets(
      catalogue::DirectoryFileReader("lib/casework/testdata"),
      {"test-measures.textproto"}, problems);
  CAREROUTE_CHECK(problems.empty());
  return sets;
}

command::v1::CaseCommand Parse(const std::string& text) {
  command::v1::CaseCommand command;
  CAREROUTE_CHECK(
      google::protobuf::TextFormat::ParseFromString(text, &command));
  return command;
}

bool Holds(const std::vector<std::string>& list, absl::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

void StageDirectory::Put(OrganisationFacts facts) {
  std::string name = facts.name;
  organisations_[std::move(name)] = std::move(facts);
}

OrganisationFacts& StageDirectory::At(absl::string_view name) {
  const auto at = organisations_.find(name);
  CAREROUTE_CHECK(at != organisations_.end());
  return at->second;
}

const OrganisationFacts* StageDirectory::Find(
    absl::string_view organisation) const {
  const auto at = organisations_.find(organisation);
  return at == organisations_.end() ? nullptr : &at->second;
}

bool StageDirectory::MemberExists(absl::string_view member) const {
  return member.find("/members/") != absl::string_view::npos &&
         Find(OrganisationOf(member)) != nullptr &&
         dismissed_.count(std::string(member)) == 0;
}

std::vector<const OrganisationFacts*> StageDirectory::Candidates(
    const PerformerQuery& query, size_t max) const {
  std::vector<const OrganisationFacts*> found;
  for (const auto& [name, facts] : organisations_) {
    const bool kind =
        query.kinds.empty() || std::find(query.kinds.begin(), query.kinds.end(),
                                         facts.kind) != query.kinds.end();
    const bool service =
        query.service.empty() || Holds(facts.services, query.service);
    if (kind && service && found.size() < max) {
      found.push_back(&facts);
    }
  }
  return found;
}

CaseStage::CaseStage()
    : CaseStage(ReadFile("lib/casework/testdata/test-route.textproto")) {}

CaseStage::CaseStage(const std::string& pathway)
    : edition_(MakeEdition(pathway)),
      calendars_(MakeCalendars()),
      measures_(MakeMeasures()),
      now_(absl::FromUnixSeconds(1772409600)),  // 2026-03-02 00:00 UTC
      actor_(Coordinator()),
      arena_(std::make_unique<google::protobuf::Arena>()) {
  for (uint64_t i = 1; i <= kFreshIdsMin; ++i) {
    ids_.push_back({.high = 7, .low = i});
  }
  FillWorld();
}

void CaseStage::FillWorld() {
  const auto put = [this](absl::string_view id, model::v1::AgencyKind kind,
                          std::vector<std::string> services) {
    const std::string name = absl::StrCat("organisations/", id);
    directory_.Put({.name = name,
                    .kind = kind,
                    .services = std::move(services),
                    .calendar = "ru",
                    .zone = "RU-KHA",
                    .head = absl::StrCat(name, "/members/hanna")});
  };
  put("centre", model::v1::AGENCY_KIND_COORDINATION, {});
  put("clinic", model::v1::AGENCY_KIND_HEALTH, {"surgery"});
  put("office", model::v1::AGENCY_KIND_SOCIAL, {"decisions"});
  put("care", model::v1::AGENCY_KIND_SOCIAL, {"care"});
  put("other-care", model::v1::AGENCY_KIND_SOCIAL, {"care"});
  put("assessors", model::v1::AGENCY_KIND_COORDINATION, {});
  put("second-assessors", model::v1::AGENCY_KIND_COORDINATION, {});
  person_.birth_date = absl::CivilDay(2016, 5, 10);
  for (int matter = model::v1::CONSENT_MATTER_DATA;
       matter <= model::v1::CONSENT_MATTER_EDUCATION; ++matter) {
    model::v1::Decider decider;
    decider.set_matter(static_cast<model::v1::ConsentMatter>(matter));
    decider.add_deciders(kMother);
    decider.add_deciders(kFather);
    person_.deciders.push_back(decider);
  }
  person_.representatives = {kMother, kFather};
}

model::v1::Actor CaseStage::Actor(absl::string_view organisation,
                                  absl::string_view member) {
  model::v1::Actor actor;
  const std::string name = absl::StrCat("organisations/", organisation);
  actor.set_organisation(name);
  actor.set_member(absl::StrCat(name, "/members/", member));
  actor.set_role(model::v1::ACTOR_ROLE_PERFORMER);
  actor.set_purpose("care");
  return actor;
}

model::v1::Actor CaseStage::Coordinator() {
  model::v1::Actor actor = Actor("centre", "anna");
  actor.set_role(model::v1::ACTOR_ROLE_COORDINATOR);
  return actor;
}

model::v1::Actor CaseStage::Hub() {
  model::v1::Actor actor;
  actor.set_role(model::v1::ACTOR_ROLE_HUB);
  actor.set_purpose("care");
  return actor;
}

void CaseStage::SetOtherEdition(const std::string& pathway) {
  other_edition_ = MakeEdition(pathway);
}

Context CaseStage::MakeContext(const model::v1::Actor& actor) {
  return {.now = now_,
          .actor = &actor,
          .arena = arena_.get(),
          .case_id = {.high = 1, .low = 2},
          .fresh_ids = ids_,
          .directory = &directory_,
          .calendars = &calendars_,
          .person = &person_,
          .measures = &measures_,
          .instruments = &instruments_,
          .left_referrals = left_};
}

std::string CaseStage::Opening(const std::string& more) {
  const bool has_entry = more.find("entry:") != std::string::npos;
  return absl::StrCat("open_case { person: '", kPerson,
                      "' edition { pathway: 'test-route' } ",
                      has_entry ? "" : "entry: 'report' ",
                      "coordinator: 'organisations/centre/members/anna' "
                      "deputy: 'organisations/centre/members/boris' ",
                      more, "}");
}

void CaseStage::Open(const std::string& more) {
  DoAs(Actor("clinic", "m1"), Opening(more));
}

Decision CaseStage::Try(const command::v1::CaseCommand& command,
                        const model::v1::Actor& actor) {
  const Context context = MakeContext(actor);
  // Each referral needs a uid of its own.
  for (base::Uid& id : ids_) {
    id.low += kFreshIdsMin;
  }
  const pathway::Edition& edition =
      command.has_migrate_case() ? *other_edition_ : *edition_;
  return Decide(state_, edition, command, context);
}

void CaseStage::Accept(const Decision& decision) {
  stream_.push_back(decision.event->SerializeAsString());
  parts_ = decision.parts;
  CAREROUTE_CHECK(last_.ParseFromString(stream_.back()));
  Fold(last_, state_);
  if (last_.has_case_migrated()) std::swap(edition_, other_edition_);
  for (const std::string& broken : BrokenInvariants(state_, *edition_)) {
    ADD_FAILURE() << broken << "\nafter " << last_.ShortDebugString();
  }
}

const event::v1::CaseEvent& CaseStage::Do(
    const command::v1::CaseCommand& command) {
  Decision decision = Try(command, actor_);
  if (!decision.ok()) {
    ADD_FAILURE() << "refused: " << decision.refusal->ShortDebugString()
                  << "\nof " << command.ShortDebugString();
    last_.Clear();
    return last_;
  }
  Accept(decision);
  return last_;
}

const event::v1::CaseEvent& CaseStage::Do(const std::string& command) {
  return Do(Parse(command));
}

const event::v1::CaseEvent& CaseStage::DoAs(const model::v1::Actor& actor,
                                            const std::string& command) {
  const model::v1::Actor before = std::exchange(actor_, actor);
  Do(command);
  actor_ = before;
  return last_;
}

model::v1::ErrorReason CaseStage::RefuseAs(const model::v1::Actor& actor,
                                           const std::string& command) {
  Decision decision = Try(Parse(command), actor);
  if (decision.ok()) {
    ADD_FAILURE() << "accepted: " << decision.event->ShortDebugString();
    return model::v1::ERROR_REASON_UNSPECIFIED;
  }
  refusal_ = *decision.refusal;
  EXPECT_FALSE(refusal_.message().empty());
  return refusal_.reason();
}

model::v1::ErrorReason CaseStage::Refuse(const std::string& command) {
  return RefuseAs(actor_, command);
}

void CaseStage::RunTo(absl::Time until) {
  for (int i = 0; i < 1000; ++i) {
    const std::optional<DueTimer> timer = NextTimer(state_);
    if (!timer.has_value() || timer->due > until) {
      now_ = std::max(now_, until);
      return;
    }
    now_ = std::max(now_, timer->due);
    command::v1::CaseCommand command;
    command.mutable_fire_timer()->set_kind(timer->kind);
    command.mutable_fire_timer()->set_number(timer->number);
    command.mutable_fire_timer()->set_level(timer->level);
    const model::v1::Actor before = std::exchange(actor_, Hub());
    Do(command);
    actor_ = before;
  }
  ADD_FAILURE() << "timers fall due without end";
}

const Occurrence* CaseStage::Find(absl::string_view step) const {
  for (const Occurrence& one : state_.occurrences) {
    if (one.step == step) {
      return &one;
    }
  }
  return nullptr;
}

bool CaseStage::IsLive(absl::string_view step) const {
  return Find(step) != nullptr;
}

int32_t CaseStage::Number(absl::string_view step) const {
  const Occurrence* one = Find(step);
  return one == nullptr ? 0 : one->number;
}

const DeadlineRecord* CaseStage::Deadline(absl::string_view step,
                                          absl::string_view limit) const {
  for (const DeadlineRecord& one : state_.deadlines) {
    if (one.limit == limit &&
        (step.empty() || one.occurrence == Number(step))) {
      return &one;
    }
  }
  return nullptr;
}

bool CaseStage::HasEnded(absl::string_view step,
                         absl::string_view outcome) const {
  for (const HistoryRecord& one : state_.history) {
    for (const PastOutcomeRecord& past : one.outcomes) {
      if (one.step == step && past.outcome == outcome) {
        return true;
      }
    }
  }
  return false;
}

bool CaseStage::WasTold(absl::string_view to, absl::string_view key) const {
  const auto& notices = last_.consequences().notices();
  return std::any_of(notices.begin(), notices.end(),
                     [&](const event::v1::Notice& one) {
                       return one.to() == to && one.message_key() == key;
                     });
}

absl::Time CaseStage::Day(absl::string_view date) const {
  const auto* calendar = *calendars_.Find("ru");
  return calendar->FindZone("RU-KHA")->StartOfDay(*calendar::ParseDate(date));
}

void CaseStage::ExpectReplays(size_t every) const {
  const auto parse = [](const std::string& bytes) {
    event::v1::CaseEvent event;
    CAREROUTE_CHECK(event.ParseFromString(bytes));
    return event;
  };
  Case replayed;
  for (const std::string& bytes : stream_) {
    Fold(parse(bytes), replayed);
  }
  EXPECT_TRUE(replayed == state_);
  Case head;
  for (size_t cut = 0; cut < stream_.size(); ++cut) {
    Fold(parse(stream_[cut]), head);
    if (cut % every != 0) {
      continue;
    }
    event::v1::CaseSnapshot snapshot;
    CAREROUTE_CHECK(
        snapshot.ParseFromString(ToSnapshot(head).SerializeAsString()));
    std::optional<Case> tail = FromSnapshot(snapshot);
    ASSERT_TRUE(tail.has_value());
    EXPECT_TRUE(*tail == head) << "snapshot after event " << cut + 1;
    for (size_t i = cut + 1; i < stream_.size(); ++i) {
      Fold(parse(stream_[i]), *tail);
    }
    EXPECT_TRUE(*tail == state_) << "tail after event " << cut + 1;
  }
}

}  // namespace careroute::casework::testing
