// Two records of one person are read as one, and as two again, whatever was cut
// on the way; no case, key or word is lost by it.

#include "lib/engine/merges.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/testing/engine_bench.h"

namespace careroute::engine {
namespace {

using ::testing::ElementsAre;
using testing::EngineBench;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr char kPolicy[] = "2748123456789012";
constexpr absl::CivilDay kToday(2026, 3, 2);

// A child known twice: to the clinic by the insurance number, to the office by
// the policy. Each has a case of its own pathway; the mother represents both.
class MergesTest : public ::testing::Test {
 protected:
  MergesTest() {
    bench_.Publish(EngineBench::Route("other-route"));
    command::v1::RegisterPerson mother = bench_.ReportOf({}).person;
    mother.mutable_identity()->set_given_name("Мария");
    mother.mutable_identity()->set_birth_date("1990-01-01");
    mother.mutable_identity()->set_snils("00000000202");
    mother_ = PersonNameOf(bench_.Register(mother));
    clinic_ = Reported(bench_.ReportOf({}));
    office_ = Reported(OfficeReport("other-route"));
    keep_ = bench_.Read(clinic_).person->uid;
    merged_ = bench_.Read(office_).person->uid;
    EXPECT_NE(keep_, merged_);
  }

  Report OfficeReport(const std::string& pathway) {
    Report report = bench_.ReportOf({.pathway = pathway, .by = "office"});
    report.person.mutable_identity()->clear_snils();
    report.person.mutable_identity()->set_policy_number(kPolicy);
    report.details.set_note("из сада");
    return report;
  }

  base::Uid Reported(Report report) {
    if (report.person.representatives().empty()) {
      model::v1::Representative& one = *report.person.add_representatives();
      one.set_person(mother_);
      one.set_basis(model::v1::REPRESENTATIVE_BASIS_PARENT);
      one.set_from(report.person.identity().birth_date());
      one.mutable_document()->set_kind("birth-certificate");
    }
    const absl::StatusOr<ReportTaken> taken = bench_.Take(std::move(report));
    EXPECT_TRUE(taken.ok() && !taken->refusal.has_value());
    return *ParseName("reports/", taken->report);
  }

  static command::v1::TakeOverPerson TakeOver(const base::Uid& merged) {
    command::v1::TakeOverPerson command;
    command.set_merged(PersonNameOf(merged));
    command.set_reason(model::v1::MERGE_REASON_CIVIL_REGISTRY);
    command.mutable_document()->set_kind("birth-record");
    command.mutable_document()->set_number("77");
    return command;
  }
  RequestInfo Registrar(const std::string& request_id = {}) {
    return bench_.Info(
        EngineBench::Actor("clinic", "anna", model::v1::ACTOR_ROLE_REGISTRAR),
        request_id);
  }

  struct Names {
    base::Uid keep;
    base::Uid merged;
  };
  absl::StatusOr<Reply> TryMerge(const Names& names,
                                 const std::string& request_id = {}) {
    return bench_.Wait<Reply>([&](base::Done<Reply> done) {
      bench_.engine().merges().Merge(
          {.info = Registrar(request_id),
           .keep = names.keep,
           .today = kToday,
           .command = TakeOver(names.merged),
           .takes_part = [](const CaseReading&) { return true; },
           .make_answer =
               [](const OpenPerson& after) { return after.person.name(); }},
          std::move(done));
    });
  }
  // The reasons of the problems; none when it was done.
  std::vector<std::string> Merge(const Names& names,
                                 const std::string& request_id = {}) {
    const absl::StatusOr<Reply> reply = TryMerge(names, request_id);
    EXPECT_TRUE(reply.ok()) << reply.status();
    std::vector<std::string> reasons;
    if (!reply.ok() || !reply->refusal.has_value()) return reasons;
    for (const model::v1::Problem& problem : reply->refusal->problems()) {
      reasons.push_back(problem.reason());
    }
    return reasons;
  }
  void MergeBoth() {
    EXPECT_THAT(Merge({.keep = keep_, .merged = merged_}),
                ::testing::IsEmpty());
  }

  Reply Undo(const std::string& request_id = {}) {
    command::v1::GiveBackPerson command;
    command.set_merged(PersonNameOf(merged_));
    command.set_reason("близнецы");
    const absl::StatusOr<Reply> reply =
        bench_.Wait<Reply>([&](base::Done<Reply> done) {
          bench_.engine().merges().Undo({.info = Registrar(request_id),
                                         .keep = keep_,
                                         .today = kToday,
                                         .command = command},
                                        std::move(done));
        });
    EXPECT_TRUE(reply.ok()) << reply.status();
    return reply.ok() ? *reply : Reply();
  }

  std::vector<base::Uid> SameAs(const base::Uid& uid) {
    const auto same = bench_.Wait<std::vector<base::Uid>>(
        [&](base::Done<std::vector<base::Uid>> done) {
          bench_.engine().persons().SameAs(uid, std::move(done));
        });
    EXPECT_TRUE(same.ok()) << same.status();
    return same.ok() ? *same : std::vector<base::Uid>();
  }

  std::vector<Persons::Found> Find(const model::v1::Identity& identity) {
    const auto found = bench_.Wait<std::vector<Persons::Found>>(
        [&](base::Done<std::vector<Persons::Found>> done) {
          bench_.engine().persons().FindCandidates(identity, kToday,
                                                   std::move(done));
        });
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *found : std::vector<Persons::Found>();
  }
  std::vector<base::Uid> FindUids(const model::v1::Identity& identity) {
    std::vector<base::Uid> uids;
    for (const Persons::Found& one : Find(identity)) {
      uids.push_back(one.person->uid);
    }
    return uids;
  }
  static model::v1::Identity OfPolicy() {
    model::v1::Identity identity;
    identity.set_policy_number(kPolicy);
    return identity;
  }

  // The bytes of an event, its parts still sealed.
  std::string StoredAt(const base::Uid& uid, int64_t version) {
    const auto page =
        bench_.Wait<store::EventPage>([&](base::Done<store::EventPage> done) {
          bench_.store().ReadEvents(
              {.stream = {.kind = store::StreamKind::kCase, .id = uid},
               .after_version = version - 1,
               .limit = 1},
              std::move(done));
        });
    EXPECT_TRUE(page.ok() && !page->events.empty()) << page.status();
    return page.ok() && !page->events.empty() ? page->events[0].bytes
                                              : std::string();
  }

  // The note of the opening, as it opens now.
  std::string NoteOf(const base::Uid& uid) {
    const auto page =
        bench_.Wait<CaseHistoryPage>([&](base::Done<CaseHistoryPage> done) {
          bench_.engine().cases().ReadHistory({.case_uid = uid, .limit = 1},
                                              std::move(done));
        });
    EXPECT_TRUE(page.ok()) << page.status();
    std::string note;
    if (!page.ok()) return note;
    for (const PlainClassPart& part : page->events.at(0).opened) {
      for (const event::v1::PlainText& text : part.part.texts()) {
        note += text.text();
      }
    }
    return note;
  }

  EngineBench bench_;
  std::string mother_;
  base::Uid clinic_;
  base::Uid office_;
  base::Uid keep_;
  base::Uid merged_;
};

TEST_F(MergesTest, ReadsTheMergedRecordAsTheKeptOneUnderItsOwnName) {
  const internal::KeyPtr key = bench_.Person(merged_)->key;
  MergeBoth();
  for (int restarts = 0; restarts < 2; ++restarts) {
    const OpenPersonPtr person = bench_.Person(merged_);
    EXPECT_EQ(person->person.name(), PersonNameOf(merged_));
    EXPECT_EQ(person->person.state(), model::v1::PERSON_STATE_MERGED);
    EXPECT_EQ(person->person.merged_into(), PersonNameOf(keep_));
    EXPECT_EQ(person->person.identity().snils(), "00000000101");
    EXPECT_EQ(person->uid, merged_);
    ASSERT_NE(person->key, nullptr);
    EXPECT_EQ(*person->key, *key) << "what it sealed must open";
    EXPECT_THAT(SameAs(merged_), ElementsAre(keep_, merged_));
    EXPECT_THAT(SameAs(keep_), ElementsAre(keep_, merged_));
    bench_.Restart();
  }
}

TEST_F(MergesTest, KeepsEveryCaseWithWhatItSealed) {
  MergeBoth();
  EXPECT_EQ(NoteOf(office_), "из сада");
  EXPECT_EQ(bench_.Read(office_).person->person.identity().snils(),
            "00000000101");
  Cases::ExecuteRequest note = bench_.Asking(
      office_, "record_contact { mode: CONTACT_MODE_TELEPHONE note: 'дома' }");
  note.info.actor = EngineBench::Actor("office", "anna");
  const absl::StatusOr<Reply> noted = bench_.Execute(std::move(note));
  ASSERT_TRUE(noted.ok() && !noted->refusal.has_value());
  bench_.Restart();
  EXPECT_EQ(NoteOf(office_), "из сада");
  // New parts are sealed under the case's own record, merged or not.
  event::v1::CaseEvent event;
  ASSERT_TRUE(event.ParseFromString(StoredAt(office_, noted->version)));
  EXPECT_EQ(event.header().sealed(0).person(), merged_.Bytes());
}

TEST_F(MergesTest, LeadsFromEitherIdentifierToTheKeptRecord) {
  EXPECT_THAT(FindUids(OfPolicy()), ElementsAre(merged_));
  MergeBoth();
  EXPECT_THAT(FindUids(OfPolicy()), ElementsAre(keep_));
  EXPECT_THAT(FindUids(bench_.ReportOf({}).person.identity()),
              ElementsAre(keep_))
      << "both records match, and are one person";
  EXPECT_EQ(bench_.Register(OfficeReport("other-route").person), keep_);
}

TEST_F(MergesTest, AReportJoinsTheOpenCaseOfEitherRecord) {
  MergeBoth();
  Reported(bench_.ReportOf({.pathway = "other-route"}));
  EXPECT_TRUE(bench_.Events(office_).back().has_report_joined());
  Reported(OfficeReport("test-route"));
  EXPECT_TRUE(bench_.Events(clinic_).back().has_report_joined());
  EXPECT_THAT(bench_.AllCases(), UnorderedElementsAre(clinic_, office_));
}

TEST_F(MergesTest, ATakenBackMergeLeavesBothAsTheyWere) {
  const std::string before = bench_.Person(merged_)->person.DebugString();
  MergeBoth();
  bench_.Change(keep_, "set_needs { needs { language: 'evn' } }");
  EXPECT_FALSE(Undo().refusal.has_value());
  model::v1::Person after = bench_.Person(merged_)->person;
  EXPECT_EQ(after.etag(), "3");
  after.set_etag("1");
  EXPECT_EQ(after.DebugString(), before);
  EXPECT_EQ(bench_.Person(keep_)->person.needs().language(), "evn");
  EXPECT_THAT(FindUids(OfPolicy()), ElementsAre(merged_));
  EXPECT_THAT(SameAs(keep_), ElementsAre(keep_));
  EXPECT_THAT(SameAs(merged_), ElementsAre(merged_));
  EXPECT_EQ(Undo().refusal->message_key(), "person.not_merged");
  // And once more together.
  MergeBoth();
  EXPECT_THAT(SameAs(keep_), ElementsAre(keep_, merged_));
}

TEST_F(MergesTest, ChildrenOfOneMotherAreTwinsUntilADocumentIsNamed) {
  command::v1::TakeOverPerson command = TakeOver(merged_);
  command.set_reason(model::v1::MERGE_REASON_SAME_IDENTIFIER);
  const auto reply = bench_.Wait<Reply>([&](base::Done<Reply> done) {
    bench_.engine().merges().Merge({.info = Registrar(),
                                    .keep = keep_,
                                    .today = kToday,
                                    .command = command},
                                   std::move(done));
  });
  ASSERT_TRUE(reply.ok() && reply->refusal.has_value());
  ASSERT_THAT(reply->refusal->problems(), SizeIs(1));
  EXPECT_EQ(reply->refusal->problems(0).reason(), "TWINS");
}

TEST_F(MergesTest, ARepeatIsAnsweredAsTheFirstTime) {
  const absl::StatusOr<Reply> first =
      TryMerge({.keep = keep_, .merged = merged_}, "once");
  ASSERT_TRUE(first.ok() && !first->refusal.has_value());
  const int64_t version = bench_.Person(keep_)->version;
  bench_.Restart();
  const absl::StatusOr<Reply> again =
      TryMerge({.keep = keep_, .merged = merged_}, "once");
  ASSERT_TRUE(again.ok() && !again->refusal.has_value());
  EXPECT_EQ(again->answer, first->answer);
  EXPECT_EQ(bench_.Person(keep_)->version, version);
}

TEST_F(MergesTest, CountsForNothingUntilItsRepeatFinishesWhatWasCut) {
  // The kept record's half alone.
  Persons::ExecuteRequest half{
      .info = Registrar("cut"), .uid = keep_, .today = kToday};
  *half.command.mutable_take_over() = TakeOver(merged_);
  const auto done = bench_.Wait<Reply>([&](base::Done<Reply> reply) {
    bench_.engine().persons().Execute(std::move(half), std::move(reply));
  });
  ASSERT_TRUE(done.ok() && !done->refusal.has_value());
  EXPECT_THAT(SameAs(keep_), ElementsAre(keep_));
  EXPECT_EQ(bench_.Person(merged_)->person.state(),
            model::v1::PERSON_STATE_REGISTERED);
  EXPECT_THAT(FindUids(OfPolicy()), ElementsAre(merged_));
  EXPECT_THAT(Merge({.keep = keep_, .merged = merged_}, "cut"),
              ::testing::IsEmpty());
  EXPECT_THAT(SameAs(keep_), ElementsAre(keep_, merged_));
}

TEST_F(MergesTest, AMergeThatWasCutMayBeGivenUp) {
  bench_.Change(keep_,
                absl::StrCat("take_over { merged: '", PersonNameOf(merged_),
                             "' reason: MERGE_REASON_SAME_IDENTIFIER "
                             "}"));
  EXPECT_FALSE(Undo().refusal.has_value());
  EXPECT_THAT(Merge({.keep = merged_, .merged = keep_}), ::testing::IsEmpty());
}

TEST_F(MergesTest, AnEndThatWasCutIsFinishedByItsRepeat) {
  MergeBoth();
  Persons::ExecuteRequest half{
      .info = Registrar("cut"), .uid = merged_, .today = kToday};
  half.command.mutable_separate()->set_kept(PersonNameOf(keep_));
  const auto done = bench_.Wait<Reply>([&](base::Done<Reply> reply) {
    bench_.engine().persons().Execute(std::move(half), std::move(reply));
  });
  ASSERT_TRUE(done.ok() && !done->refusal.has_value());
  EXPECT_THAT(SameAs(keep_), ElementsAre(keep_));
  EXPECT_FALSE(Undo("cut").refusal.has_value());
  EXPECT_THAT(bench_.Person(keep_)->record->took_over, ::testing::IsEmpty());
}

TEST_F(MergesTest, MakesNoChainAndNoCircle) {
  Report third = bench_.ReportOf({.snils = "00000000303"});
  third.person.mutable_identity()->set_birth_date("2020-01-01");
  const base::Uid other = bench_.Read(Reported(std::move(third))).person->uid;
  MergeBoth();
  EXPECT_THAT(Merge({.keep = merged_, .merged = keep_}),
              ElementsAre("MERGED", "STANDS_FOR_OTHERS"));
  EXPECT_THAT(Merge({.keep = other, .merged = keep_}),
              ::testing::Contains("STANDS_FOR_OTHERS"));
  EXPECT_THAT(Merge({.keep = merged_, .merged = other}),
              ::testing::Contains("MERGED"));
  EXPECT_THAT(Merge({.keep = keep_, .merged = merged_}), ElementsAre("MERGED"));
}

TEST_F(MergesTest, NamesTwoOpenCasesOnOnePathway) {
  const base::Uid second = Reported(OfficeReport("test-route"));
  const absl::StatusOr<Reply> reply =
      TryMerge({.keep = keep_, .merged = merged_});
  ASSERT_TRUE(reply.ok() && reply->refusal.has_value());
  ASSERT_THAT(reply->refusal->problems(), SizeIs(1));
  EXPECT_THAT(reply->refusal->problems(0).message(),
              HasSubstr(absl::StrCat("cases/", clinic_.Hex(), " and cases/",
                                     second.Hex())));
}

TEST_F(MergesTest, StoresNothingWhenOnlyAskedWhetherItWould) {
  RequestInfo info = Registrar();
  info.validate_only = true;
  const auto reply = bench_.Wait<Reply>([&](base::Done<Reply> done) {
    bench_.engine().merges().Merge({.info = info,
                                    .keep = keep_,
                                    .today = kToday,
                                    .command = TakeOver(merged_)},
                                   std::move(done));
  });
  ASSERT_TRUE(reply.ok() && !reply->refusal.has_value());
  EXPECT_EQ(bench_.Person(keep_)->version, 1);
  EXPECT_EQ(bench_.Person(merged_)->version, 1);
}

TEST_F(MergesTest, WhoDecidesForTheKeptRecordDecidesInEveryCase) {
  MergeBoth();
  Cases::ExecuteRequest consent = bench_.Asking(
      office_, absl::StrCat("give_consent { consent { matter: "
                            "CONSENT_MATTER_DATA classes: DATA_CLASS_IDENTITY "
                            "to_kinds: AGENCY_KIND_HEALTH purpose: 'support' "
                            "given_by: '",
                            mother_,
                            "' word_given: WORD_GIVEN_IN_WRITING document { "
                            "kind: 'paper' } } }"));
  consent.info.actor = EngineBench::Actor("office", "anna");
  const absl::StatusOr<Reply> given = bench_.Execute(std::move(consent));
  ASSERT_TRUE(given.ok() && !given->refusal.has_value()) << given.status();
  bench_.RunDue();
  ASSERT_THAT(bench_.Read(clinic_).state->consents, SizeIs(1))
      << "the case of the other record is told";
  bench_.Change(keep_,
                "change_representative { representative: 1 to: '2026-03-01' }");
  bench_.RunDue();
  for (const base::Uid& uid : {clinic_, office_}) {
    EXPECT_EQ(bench_.Read(uid).state->consents.at(0).state,
              model::v1::CONSENT_STATE_LAPSED);
  }
}

TEST_F(MergesTest, TheKeptRecordMayHaveTheNumberOfTheMergedOne) {
  const std::string update = absl::StrCat(
      "update_identity { identity { policy_number: '", kPolicy, "' } }");
  const absl::StatusOr<Reply> before = bench_.TryChange(keep_, update);
  ASSERT_TRUE(before.ok() && before->refusal.has_value());
  EXPECT_EQ(before->refusal->message_key(), "identifier_taken");
  MergeBoth();
  bench_.Change(keep_, update);
  EXPECT_EQ(bench_.Person(merged_)->person.identity().policy_number(), kPolicy);
}

// Grown up, the person speaks for themselves, in each case by the name of the
// record it was opened for.
TEST_F(MergesTest, WhatThePersonSaysInOneCaseHoldsInTheOther) {
  bench_.Change(keep_,
                "change_representative { representative: 1 to: "
                "'2026-03-01' }");
  bench_.Change(merged_,
                "change_representative { representative: 1 to: "
                "'2026-03-01' }");
  for (const base::Uid& uid : {keep_, merged_}) {
    bench_.Change(uid,
                  "update_identity { identity { birth_date: "
                  "'1991-05-06' } }");
  }
  MergeBoth();
  bench_.RunDue();
  bench_.Do(clinic_, absl::StrCat("give_consent { consent { matter: "
                                  "CONSENT_MATTER_DATA classes: "
                                  "DATA_CLASS_IDENTITY to_kinds: "
                                  "AGENCY_KIND_SOCIAL purpose: 'support' "
                                  "given_by: '",
                                  PersonNameOf(keep_),
                                  "' word_given: WORD_GIVEN_IN_WRITING "
                                  "document { kind: 'paper' } } }"));
  bench_.RunDue();
  bench_.Change(keep_,
                "update_identity { identity { birth_date: "
                "'1991-05-07' } }");
  bench_.RunDue();
  const auto& consents = bench_.Read(office_).state->consents;
  ASSERT_THAT(consents, SizeIs(1));
  EXPECT_EQ(consents.at(0).given_by, PersonNameOf(merged_));
  EXPECT_EQ(consents.at(0).state, model::v1::CONSENT_STATE_GIVEN);
}

// Two children of one birth stay two also when each names another record of
// their mother.
TEST_F(MergesTest, TwinsOfAMotherKnownTwiceAreTwins) {
  command::v1::RegisterPerson again = bench_.ReportOf({}).person;
  again.mutable_identity()->set_given_name("Мария");
  again.mutable_identity()->set_birth_date("1990-01-01");
  again.mutable_identity()->set_snils("");
  again.mutable_identity()->set_policy_number("1111222233334444");
  const base::Uid second = bench_.Register(again);
  const base::Uid first = *ParseName("persons/", mother_);
  ASSERT_NE(first, second);
  const auto newborn = [](const base::Uid& mother, int order) {
    command::v1::RegisterPerson child;
    child.mutable_identity()->set_birth_date("2026-03-01");
    child.mutable_identity()->set_mother(PersonNameOf(mother));
    child.mutable_identity()->set_birth_order(order);
    return child;
  };
  const base::Uid elder = bench_.Register(newborn(first, 1));
  EXPECT_THAT(Find(newborn(second, 2).identity()), ::testing::IsEmpty());
  ASSERT_THAT(Merge({.keep = first, .merged = second}), ::testing::IsEmpty());
  const std::vector<Persons::Found> found = Find(newborn(second, 2).identity());
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].person->uid, elder);
  EXPECT_EQ(found[0].candidate.verdict, registry::Verdict::kTwin);
}

}  // namespace
}  // namespace careroute::engine
