#include "lib/exchange/testing/moving_case.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "lib/engine/names.h"

namespace careroute::exchange::testing {
namespace {

using engine::testing::EngineBench;

std::string MemberOf(const Moving& moving) {
  return absl::StrCat("organisations/", CoordinatesAt(moving.to), "/members/",
                      moving.member);
}

engine::RequestInfo AnnaAt(HubNetwork& hubs, const std::string& hub) {
  return hubs.bench(hub).Info(EngineBench::Actor(CoordinatesAt(hub), "anna"));
}

engine::RequestInfo AdministratorAt(HubNetwork& hubs, const std::string& hub) {
  return hubs.bench(hub).Info(EngineBench::Actor(
      "hub", "administrator", model::v1::ACTOR_ROLE_ADMINISTRATOR));
}

}  // namespace

std::string CoordinatesAt(const std::string& hub) {
  if (hub == "west") return "clinic";
  return hub == "east" ? "office" : "bureau";
}

void PutOffice(HubNetwork& hubs, const std::string& id, const std::string& host,
               const std::vector<std::string>& known_at) {
  for (const std::string& hub : known_at) {
    model::v1::Organisation office =
        EngineBench::Describe(id, model::v1::AGENCY_KIND_SOCIAL);
    office.add_services()->set_service("care");
    if (hub != host) office.set_hub(host);
    hubs.bench(hub).Put(office);
  }
}

absl::StatusOr<engine::Reply> AskAt(HubNetwork& hubs, const std::string& hub,
                                    const base::Uid& uid,
                                    const std::string& command) {
  EngineBench& bench = hubs.bench(hub);
  engine::Cases::ExecuteRequest request = bench.Asking(uid, command);
  request.info = AnnaAt(hubs, hub);
  return bench.Execute(std::move(request));
}

// --- The way there ----------------------------------------------------------

void GiveWord(HubNetwork& hubs, const base::Uid& uid, const Moving& moving) {
  const auto reply = AskAt(
      hubs, moving.from, uid,
      absl::StrCat(
          "give_consent { consent { matter: CONSENT_MATTER_DATA "
          "classes: DATA_CLASS_IDENTITY classes: DATA_CLASS_CONTACT "
          "classes: DATA_CLASS_NEEDS classes: DATA_CLASS_SOCIAL "
          "classes: DATA_CLASS_EDUCATION classes: DATA_CLASS_MEDICAL "
          "classes: DATA_CLASS_DIAGNOSIS to_organisations: 'organisations/",
          CoordinatesAt(moving.to), "' to: '", moving.last_day,
          "' purpose: 'support' given_by: '",
          engine::PersonNameOf(hubs.bench(moving.from).Read(uid).person->uid),
          "' word_given: WORD_GIVEN_IN_WRITING document { kind: 'paper' } } "
          "}"));
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_FALSE(reply->refusal.has_value()) << reply->refusal->DebugString();
  hubs.Run(absl::Seconds(5));
}

absl::StatusOr<engine::Reply> TryOffer(HubNetwork& hubs, const base::Uid& uid,
                                       const Moving& moving) {
  return AskAt(
      hubs, moving.from, uid,
      absl::StrCat("freeze_case { hub: '", moving.to, "' coordinator: '",
                   MemberOf(moving), "' note: 'the family moves' }"));
}

void Offer(HubNetwork& hubs, const base::Uid& uid, const Moving& moving) {
  const auto reply = TryOffer(hubs, uid, moving);
  ASSERT_TRUE(reply.ok()) << reply.status();
  ASSERT_FALSE(reply->refusal.has_value()) << reply->refusal->DebugString();
}

void Silence(HubNetwork& hubs, const std::string& hub,
             const std::string& towards) {
  const auto paused =
      hubs.bench(hub).Wait<engine::Reply>([&](base::Done<engine::Reply> done) {
        hubs.exchange(hub).desk().Pause({.info = AdministratorAt(hubs, hub),
                                         .hub = towards,
                                         .reason = "the line is down"},
                                        std::move(done));
      });
  ASSERT_TRUE(paused.ok()) << paused.status();
}

void Speak(HubNetwork& hubs, const std::string& hub,
           const std::string& towards) {
  const auto resumed =
      hubs.bench(hub).Wait<engine::Reply>([&](base::Done<engine::Reply> done) {
        hubs.exchange(hub).desk().Resume(
            {.info = AdministratorAt(hubs, hub), .hub = towards},
            std::move(done));
      });
  ASSERT_TRUE(resumed.ok()) << resumed.status();
}

// --- What is then -----------------------------------------------------------

absl::StatusOr<engine::Reply> Probe(HubNetwork& hubs, const std::string& hub,
                                    const base::Uid& uid) {
  EngineBench& bench = hubs.bench(hub);
  engine::Cases::ExecuteRequest request =
      bench.Asking(uid, "set_next_contact { date: '2026-03-16' }");
  request.info = AnnaAt(hubs, hub);
  request.info.validate_only = true;
  return bench.Execute(std::move(request));
}

std::vector<std::string> Writers(HubNetwork& hubs, const base::Uid& uid) {
  std::vector<std::string> writers;
  for (const std::string& hub : hubs.ids()) {
    const auto reply = Probe(hubs, hub, uid);
    if (reply.ok() && !reply->refusal.has_value()) writers.push_back(hub);
  }
  return writers;
}

std::vector<store::StoredEvent> Stored(HubNetwork& hubs, const std::string& hub,
                                       const base::Uid& uid) {
  EngineBench& bench = hubs.bench(hub);
  const auto page =
      bench.Wait<store::EventPage>([&](base::Done<store::EventPage> done) {
        bench.store().ReadEvents(
            {.stream = {.kind = store::StreamKind::kCase, .id = uid},
             .limit = store::kPageRowsMax},
            std::move(done));
      });
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? page->events : std::vector<store::StoredEvent>();
}

void ExpectOneChain(HubNetwork& hubs, const base::Uid& uid) {
  std::vector<store::StoredEvent> longest;
  for (const std::string& hub : hubs.ids()) {
    const auto events = Stored(hubs, hub, uid);
    if (events.size() > longest.size()) longest = events;
  }
  ASSERT_FALSE(longest.empty());
  for (const std::string& hub : hubs.ids()) {
    const auto events = Stored(hubs, hub, uid);
    EXPECT_TRUE(std::equal(events.begin(), events.end(), longest.begin()))
        << "at " << hub;
  }
}

casework::Referral ReferralAt(HubNetwork& hubs, const std::string& hub,
                              const Referred& referred) {
  const engine::CaseReading reading = hubs.bench(hub).Read(referred.case_uid);
  const casework::Referral* found =
      casework::FindReferral(*reading.state, referred.number);
  EXPECT_NE(found, nullptr);
  return found == nullptr ? casework::Referral() : *found;
}

}  // namespace careroute::exchange::testing
