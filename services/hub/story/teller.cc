#include "services/hub/story/teller.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "careroute/testing/v1/clock_service.pb.h"
#include "google/protobuf/text_format.h"
#include "lib/api/status.h"
#include "services/hub/story/narration.h"

namespace careroute::services {
namespace {

constexpr char kRussian[] = "ru";

absl::TimeZone ZoneOf(int utc_offset_hours) {
  return absl::FixedTimeZone(utc_offset_hours * 60 * 60);
}

Who MakeWho(absl::string_view organisation, absl::string_view member,
            model::v1::ActorRole role) {
  return {.organisation = std::string(organisation),
          .member = std::string(member),
          .role = role};
}

// 8-4-4-4-12 hexadecimal digits.
std::string Uuid(base::Random& random) {
  const std::string hex = absl::BytesToHexString(random.Bytes(16));
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-",
                      hex.substr(12, 4), "-", hex.substr(16, 4), "-",
                      hex.substr(20));
}

void Print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  return timestamp;
}

}  // namespace

std::string Who::Organisation() const {
  return absl::StrCat("organisations/", organisation);
}

std::string Who::Member() const {
  return absl::StrCat(Organisation(), "/members/", member);
}

Who Coordinator(absl::string_view organisation) {
  return MakeWho(organisation, "coordinator",
                 model::v1::ACTOR_ROLE_COORDINATOR);
}

Who Specialist(absl::string_view organisation) {
  return MakeWho(organisation, "specialist", model::v1::ACTOR_ROLE_PERFORMER);
}

Who System(absl::string_view organisation) {
  return MakeWho(organisation, "system", model::v1::ACTOR_ROLE_REGISTRAR);
}

Who HubAdministrator(const std::string& hub) {
  Who who =
      MakeWho("hub", "administrator", model::v1::ACTOR_ROLE_ADMINISTRATOR);
  who.hub = hub;
  return who;
}

absl::TimeZone StoryZone() { return ZoneOf(10); }

absl::TimeZone ChitaZone() { return ZoneOf(9); }

absl::TimeZone KuzbassZone() { return ZoneOf(7); }

std::string MissingOf(const model::v1::Refusal& refusal) {
  std::string words;
  for (const model::v1::Missing& one : refusal.missing()) {
    absl::StrAppend(&words, words.empty() ? "" : ", ", one.what());
    if (one.can_be_met_by().empty()) continue;
    absl::StrAppend(&words, " (", one.can_be_met_by(), ")");
  }
  return words;
}

bool Names(const model::v1::Refusal& refusal, absl::string_view what) {
  return absl::StrContains(MissingOf(refusal), what);
}

std::string Teller::Words(absl::string_view english) const {
  if (options_.language != kRussian) return std::string(english);
  const std::optional<absl::string_view> russian = InRussian(english);
  if (!russian.has_value()) {
    Fail(absl::StrCat("narration.cc has no Russian for: ", english));
  }
  return std::string(*russian);
}

std::string Teller::Stamp() const {
  if (options_.language != kRussian) {
    return absl::FormatTime("%Y-%m-%d %a %H:%M", now_, zone_);
  }
  constexpr absl::string_view kWeekdays[] = {"пн", "вт", "ср", "чт",
                                             "пт", "сб", "вс"};
  const absl::CivilMinute minute = absl::ToCivilMinute(now_, zone_);
  return absl::StrCat(absl::FormatTime("%d.%m.%Y ", now_, zone_),
                      kWeekdays[static_cast<size_t>(absl::GetWeekday(minute))],
                      absl::FormatTime(" %H:%M", now_, zone_));
}

void Teller::Chapter(absl::string_view title) const {
  const std::string words = Words(title);
  names_[family_] = words.substr(0, words.find_first_of(":,"));
  told_ = family_;
  Print(absl::StrCat("\n", Paint(options_.screen, Style::kTitle, words), "\n"));
}

void Teller::SayOfWhom() const {
  const auto name = names_.find(family_);
  if (told_ == family_ || name == names_.end()) return;
  told_ = family_;
  Print(absl::StrCat("\n", Paint(options_.screen, Style::kTitle, name->second),
                     "\n"));
}

void Teller::Say(absl::string_view text, absl::string_view value) const {
  SayOfWhom();
  Print(absl::StrCat(Paint(options_.screen, Style::kDim, Stamp()), "  ",
                     absl::StrReplaceAll(Words(text), {{"$0", value}}), "\n"));
}

void Teller::Show(absl::string_view text) const {
  SayOfWhom();
  Print(absl::StrCat("\n", text, "\n"));
}

void Teller::Keep(const std::string& name, absl::string_view text) const {
  if (options_.routes.empty()) return;
  const std::string path =
      absl::StrCat(options_.routes, "/", name, ".", options_.language, ".txt");
  std::ofstream stream(path, std::ios::trunc);
  stream << text;
  if (!stream.flush()) Fail(absl::StrCat(path, " cannot be written"));
}

void Teller::Expect(bool holds, absl::string_view told) const {
  if (!holds) Fail(absl::StrCat("it was told, and is not so: ", told));
}

void Teller::Fail(absl::string_view text) const {
  const std::string line = absl::StrCat("careroute_story: ", text, "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
  // At once, as a crash would: the store stays as it is, to be looked at.
  std::_Exit(1);
}

void Teller::FailedCall(const std::string& method,
                        const google::protobuf::Message& request,
                        const absl::Status& status) const {
  std::string details;
  if (const auto refusal = api::RefusalOf(status)) {
    details = refusal->DebugString();
  }
  Fail(absl::StrCat(method, " failed: ", status.ToString(), "\n", details,
                    "asked: ", request.ShortDebugString()));
}

model::v1::Refusal Teller::ExpectRefusal(const absl::Status& status,
                                         absl::string_view method,
                                         model::v1::ErrorReason reason) const {
  const std::optional<model::v1::Refusal> refusal = api::RefusalOf(status);
  if (status.ok() || !refusal.has_value() || refusal->reason() != reason) {
    Fail(absl::StrCat(method, " was to be refused with ",
                      model::v1::ErrorReason_Name(reason), ", and gave ",
                      status.ToString(), "\n",
                      refusal.has_value() ? refusal->DebugString() : ""));
  }
  return *refusal;
}

Client Teller::ClientOf(const Who& who) const {
  const std::string hub =
      who.hub.empty() ? options_.hubs.HostOf(who.organisation) : who.hub;
  if (!options_.hubs.Serves(hub)) {
    Fail(absl::StrCat(who.Member(), " calls the hub ", hub,
                      ", which is stopped"));
  }
  model::v1::Actor actor;
  actor.set_organisation(who.Organisation());
  actor.set_member(who.Member());
  actor.set_role(who.role);
  actor.set_purpose("care");
  return options_.hubs.ClientOf(hub).As(std::move(actor));
}

void Teller::MakeRequestId(google::protobuf::Message& request) const {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr) return;
  request.GetReflection()->SetString(&request, field, Uuid(options_.random));
}

void Teller::MoveTo(absl::Time time) {
  now_ = time;
  for (const std::string hub : kHubs) {
    if (options_.hubs.Serves(hub)) CatchUp(hub);
  }
}

void Teller::CatchUp(const std::string& hub) const {
  testing::v1::AdvanceClockRequest request;
  *request.mutable_to_time() = ToTimestamp(now_);
  MakeRequestId(request);
  Call<testing::v1::AdvanceClockResponse>(
      HubAdministrator(hub), "careroute.testing.v1.ClockService.AdvanceClock",
      request);
}

std::string Teller::Day(int days_later) const {
  return absl::FormatCivilTime(absl::ToCivilDay(now_, zone_) + days_later);
}

}  // namespace careroute::services
