// Commands to a case, and the case read: what was answered is durable, what
// was refused left nothing behind.

#include "lib/engine/cases.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/hash.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using testing::EngineBench;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr base::Uid kNobodys{.high = 9, .low = 9};
constexpr char kNoteSaid[] =
    "record_contact { mode: CONTACT_MODE_TELEPHONE note: 'said in trust' }";

// The step the case stands at, and what the command did.
std::string Told(const CaseReading& after, const event::v1::CaseEvent* event) {
  std::string told = event == nullptr ? "nothing" : "event";
  for (const casework::Occurrence& one : after.state->occurrences) {
    told += " " + one.step;
  }
  return told;
}

std::optional<model::v1::Refusal> Nobody(const CaseReading& /*reading*/) {
  model::v1::Refusal refusal;
  refusal.set_reason(model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  return refusal;
}

TEST(Cases, ReadsACaseWithAllThatIsNeededToSpeakAboutIt) {
  EngineBench bench;
  const base::Uid uid = bench.Open({});
  for (int restarts = 0; restarts < 2; ++restarts) {
    const CaseReading reading = bench.Read(uid);
    EXPECT_EQ(reading.version, 1);
    EXPECT_EQ(reading.state->version, 1);
    EXPECT_EQ(reading.edition->pathway().id(), "test-route");
    EXPECT_EQ(reading.person->person.identity().given_name(), "Вера");
    EXPECT_TRUE(reading.directory->facts.contains("organisations/clinic"));
    bench.Restart();
  }
}

TEST(Cases, KnowsNoCaseThatWasNeverOpened) {
  EngineBench bench;
  const absl::StatusOr<CaseReading> reading =
      bench.Wait<CaseReading>([&](base::Done<CaseReading> done) {
        bench.engine().cases().Read(kNobodys, std::move(done));
      });
  EXPECT_EQ(reading.status().code(), absl::StatusCode::kNotFound);
  const absl::StatusOr<Reply> reply =
      bench.Execute(bench.Asking(kNobodys, kNoteSaid));
  ASSERT_TRUE(reply.ok() && reply->refusal.has_value()) << reply.status();
  EXPECT_EQ(reply->refusal->reason(), model::v1::ERROR_REASON_NOT_FOUND);
}

TEST(Cases, AnswersWithTheCaseAsTheCommandLeavesIt) {
  EngineBench bench;
  const base::Uid uid = bench.Open({});
  Cases::ExecuteRequest request =
      bench.Asking(uid, "start_step { step: 'welfare' }");
  request.make_answer = Told;
  const absl::StatusOr<Reply> reply = bench.Execute(std::move(request));
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_THAT(reply->answer, HasSubstr("event"));
  EXPECT_THAT(reply->answer, HasSubstr("welfare"));
  EXPECT_EQ(reply->version, 2);
  EXPECT_EQ(bench.Read(uid).version, 2);
}

// Asked on the state the command is decided on, before anything is decided.
TEST(Cases, DoesNothingForWhoMayNot) {
  EngineBench bench;
  const base::Uid uid = bench.Open({});
  Cases::ExecuteRequest request = bench.Asking(uid, kNoteSaid);
  int64_t asked_on = 0;
  request.authorise = [&asked_on](const CaseReading& reading) {
    asked_on = reading.version;
    return Nobody(reading);
  };
  request.make_answer = Told;
  const absl::StatusOr<Reply> reply = bench.Execute(std::move(request));
  ASSERT_TRUE(reply.ok() && reply->refusal.has_value()) << reply.status();
  EXPECT_EQ(reply->refusal->reason(), model::v1::ERROR_REASON_ROLE_NOT_ALLOWED);
  EXPECT_EQ(reply->answer, "");
  EXPECT_EQ(asked_on, 1);
  EXPECT_EQ(bench.Read(uid).version, 1);
}

TEST(Cases, WritesNothingWhenAskedOnlyToValidate) {
  EngineBench bench;
  const base::Uid uid = bench.Open({});
  Cases::ExecuteRequest request =
      bench.Asking(uid, "start_step { step: 'welfare' }");
  request.info.validate_only = true;
  request.make_answer = Told;
  const absl::StatusOr<Reply> reply = bench.Execute(std::move(request));
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_THAT(reply->answer, HasSubstr("welfare"));
  EXPECT_EQ(bench.Read(uid).version, 1);
  EXPECT_FALSE(bench.IsLive(uid, "welfare"));
}

TEST(Cases, AnswersARepeatAsBeforeAlsoAfterARestart) {
  EngineBench bench;
  const base::Uid uid = bench.Open({});
  Cases::ExecuteRequest request =
      bench.Asking(uid, "start_step { step: 'welfare' }");
  request.make_answer = Told;
  const absl::StatusOr<Reply> first = bench.Execute(request);
  ASSERT_TRUE(first.ok()) << first.status();
  bench.Do(uid, "start_step { step: 'disability' }");
  for (int restarts = 0; restarts < 2; ++restarts) {
    const absl::StatusOr<Reply> again = bench.Execute(request);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_TRUE(again->replayed);
    EXPECT_EQ(again->answer, first->answer);
    EXPECT_EQ(again->version, first->version);
    EXPECT_EQ(bench.Read(uid).version, 3) << "a repeat had an effect";
    bench.Restart();
  }
}

TEST(Cases, RefusesARequestIdThatWasUsedForAnother) {
  EngineBench bench;
  const base::Uid uid = bench.Open({});
  Cases::ExecuteRequest request =
      bench.Asking(uid, "start_step { step: 'welfare' }");
  ASSERT_TRUE(bench.Execute(request).ok());
  request.info.body_hash = base::Sha256("another body");
  const absl::StatusOr<Reply> other = bench.Execute(request);
  ASSERT_TRUE(other.ok() && other->refusal.has_value()) << other.status();
  EXPECT_EQ(other->refusal->reason(),
            model::v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(bench.Read(uid).version, 2);
}

// An answer may hold all there is about a person: it is kept sealed.
TEST(Cases, KeepsNoAnswerInClear) {
  EngineBench bench;
  const base::Uid uid = bench.Open({});
  Cases::ExecuteRequest request = bench.Asking(uid, kNoteSaid);
  request.make_answer = [](const CaseReading&, const event::v1::CaseEvent*) {
    return std::string("said in trust");
  };
  ASSERT_TRUE(bench.Execute(request).ok());
  const absl::StatusOr<store::LoadResult> stored =
      bench.Wait<store::LoadResult>([&](base::Done<store::LoadResult> done) {
        bench.store().ReadForLoad(
            {.stream = {.kind = store::StreamKind::kCase, .id = uid},
             .request =
                 store::RequestKey{
                     .caller_key = base::Sha256(request.info.actor.member()),
                     .request_id = request.info.request_id}},
            std::move(done));
      });
  ASSERT_TRUE(stored.ok() && stored->request.has_value()) << stored.status();
  EXPECT_THAT(stored->request->answer.value_or(""),
              Not(HasSubstr("said in trust")));
  for (const store::StoredEvent& event : stored->events) {
    EXPECT_THAT(event.bytes, Not(HasSubstr("said in trust")));
  }
}

class CaseHistoryTest : public ::testing::Test {
 protected:
  CaseHistoryPage Read(Cases::HistoryRequest request) {
    request.case_uid = uid_;
    const absl::StatusOr<CaseHistoryPage> page =
        bench_.Wait<CaseHistoryPage>([&](base::Done<CaseHistoryPage> done) {
          bench_.engine().cases().ReadHistory(request, std::move(done));
        });
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *page : CaseHistoryPage{};
  }

  EngineBench bench_;
  base::Uid uid_ = bench_.Open({});
};

TEST_F(CaseHistoryTest, IsReadInPages) {
  for (const char* step : {"welfare", "disability", "plan"}) {
    bench_.Do(uid_, std::string("start_step { step: '") + step + "' }");
  }
  const CaseHistoryPage first = Read({.limit = 3});
  ASSERT_EQ(first.events.size(), 3U);
  EXPECT_TRUE(first.more);
  EXPECT_TRUE(first.events[0].event.has_case_opened());
  const CaseHistoryPage rest = Read({.after_version = 3});
  ASSERT_EQ(rest.events.size(), 1U);
  EXPECT_FALSE(rest.more);
  EXPECT_EQ(rest.events[0].event.header().version(), 4);
}

TEST_F(CaseHistoryTest, ShowsWhatWasSealedInItsOpenPartsOnly) {
  bench_.Do(uid_, kNoteSaid);
  const CaseHistoryPage page = Read({.after_version = 1});
  ASSERT_EQ(page.events.size(), 1U);
  const CaseHistory& said = page.events[0];
  EXPECT_EQ(said.event.header().sealed_size(), 0);
  ASSERT_EQ(said.opened.size(), 1U);
  EXPECT_EQ(said.opened[0].data_class, model::v1::DATA_CLASS_SOCIAL);
  EXPECT_EQ(said.opened[0].part.texts(0).text(), "said in trust");
}

// The skeleton stays; what was sealed is gone with the key.
TEST_F(CaseHistoryTest, SaysWhatWasErasedAndShowsTheRest) {
  bench_.Do(uid_, kNoteSaid);
  Persons::ExecuteRequest erase{
      .info = bench_.Info(EngineBench::Actor("clinic", "anna")),
      .uid = bench_.Read(uid_).person->uid,
      .today = absl::CivilDay(2026, 3, 2)};
  erase.command.mutable_erase()->set_reason("asked by the family");
  const absl::StatusOr<Reply> erased =
      bench_.Wait<Reply>([&](base::Done<Reply> done) {
        bench_.engine().persons().Execute(std::move(erase), std::move(done));
      });
  ASSERT_TRUE(erased.ok() && !erased->refusal.has_value()) << erased.status();
  const CaseHistoryPage page = Read({});
  ASSERT_EQ(page.events.size(), 2U);
  EXPECT_TRUE(page.events[1].erased);
  EXPECT_TRUE(page.events[1].opened.empty());
  EXPECT_TRUE(page.events[1].event.has_contact_recorded());
}

class CaseClaimTest : public ::testing::Test {
 protected:
  std::optional<store::Claim> Holder() {
    const absl::StatusOr<std::optional<store::Claim>> claim =
        bench_.Wait<std::optional<store::Claim>>(
            [&](base::Done<std::optional<store::Claim>> done) {
              bench_.store().FindClaim(claim_, std::move(done));
            });
    EXPECT_TRUE(claim.ok()) << claim.status();
    return claim.ok() ? *claim : std::nullopt;
  }

  EngineBench bench_;
  base::Uid uid_ = bench_.Open({});
  std::string claim_ =
      Cases::OpenCaseClaim(bench_.Read(uid_).person->uid.Bytes(), "test-route");
};

TEST_F(CaseClaimTest, IsHeldWhileTheCaseIsOpenAndThenReleased) {
  ASSERT_TRUE(Holder().has_value());
  EXPECT_EQ(Holder()->owner.id, uid_);
  EXPECT_TRUE(Holder()->confirmed);
  bench_.Do(uid_, "close_case { ending: 'declined' note: 'does not want' }");
  EXPECT_FALSE(Holder().has_value());
}

TEST_F(CaseClaimTest, KeepsWhoDoesNotHoldItFromOpening) {
  Cases::ExecuteRequest second = bench_.Asking(kNobodys, "");
  command::v1::OpenCase& open = *second.command.mutable_open_case();
  const CaseReading first = bench_.Read(uid_);
  open.set_person(first.person->person.name());
  open.mutable_edition()->set_pathway("test-route");
  open.mutable_edition()->set_hash(first.edition->hash());
  open.set_entry("report");
  open.set_coordinator(first.state->coordinator);
  open.set_deputy(first.state->deputy);
  second.confirm_claims = {claim_};
  EXPECT_EQ(bench_.Execute(std::move(second)).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(bench_.AllCases().size(), 1U);
  EXPECT_EQ(Holder()->owner.id, uid_);
}

}  // namespace
}  // namespace careroute::engine
