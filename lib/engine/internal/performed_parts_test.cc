// What is sealed of a referral that is performed here: nothing of a person
// stays in the clear, and it all comes back.

#include "lib/engine/internal/performed_parts.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace careroute::engine::internal {
namespace {

using event::v1::ReferralEvent;
using google::protobuf::util::MessageDifferencer;
using ::testing::HasSubstr;
using ::testing::Not;

ReferralEvent Parsed(const std::string& text) {
  ReferralEvent event;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &event));
  return event;
}

// Every word that must not stay is written "secret".
ReferralEvent Arrived() {
  return Parsed(
      R"pb(arrived {
             referral {
               service: "care"
               disclosed {
                 way: "by_law"
                 identity { given_name: "secret name" }
                 needs { language: "secret language" }
                 criteria: "secret-criterion"
                 texts { data_class: DATA_CLASS_SOCIAL text: "secret text" }
               }
               request {
                 sequence: 1
                 move: REFERRAL_MOVE_MADE
                 note: "secret note"
               }
               request { sequence: 2 move: REFERRAL_MOVE_SENT }
             }
             performance { sequence: 1 move: REFERRAL_MOVE_RECEIVED }
           })pb");
}

ReferralEvent Grown() {
  return Parsed(R"pb(grown {
                       entries {
                         sequence: 4
                         move: REFERRAL_MOVE_COMPLETED
                         outcome: "helped"
                         note: "secret result"
                         late_reason: "secret reason"
                         facts {
                           fact: "secret-fact"
                           value { truth: true }
                         }
                         documents { kind: "slip" }
                         documents { kind: "paper" number: "secret number" }
                         plan { item: "secret-item" part: "given" }
                       }
                     })pb");
}

TEST(PerformedParts, LeaveNothingOfAPersonInTheClear) {
  for (ReferralEvent event : {Arrived(), Grown()}) {
    const std::vector<PlainClassPart> parts = TakeParts(event);
    EXPECT_FALSE(parts.empty());
    EXPECT_THAT(event.DebugString(), Not(HasSubstr("secret")));
  }
}

TEST(PerformedParts, KeepWhatTheRouteNeedsInTheClear) {
  ReferralEvent event = Grown();
  EXPECT_FALSE(TakeParts(event).empty());
  const model::v1::ReferralEntry& entry = event.grown().entries(0);
  EXPECT_EQ(entry.outcome(), "helped");
  ASSERT_EQ(entry.documents_size(), 2);
  EXPECT_EQ(entry.documents(1).kind(), "paper");
}

TEST(PerformedParts, PutTogetherAreTheEventAsItWas) {
  for (const ReferralEvent& whole : {Arrived(), Grown()}) {
    ReferralEvent event = whole;
    const std::vector<PlainClassPart> parts = TakeParts(event);
    PutBack(parts, event);
    EXPECT_TRUE(MessageDifferencer::Equals(event, whole))
        << event.DebugString();
  }
}

TEST(PerformedParts, AreOneAClass) {
  ReferralEvent event = Arrived();
  int before = 0;
  for (const PlainClassPart& part : TakeParts(event)) {
    EXPECT_GT(static_cast<int>(part.data_class), before);
    before = static_cast<int>(part.data_class);
  }
}

TEST(PerformedParts, TakeATextOfNoClassForTheStrictest) {
  ReferralEvent event = Parsed(R"pb(mirrored {
                                      entries {
                                        sequence: 3
                                        move: REFERRAL_MOVE_INFORMATION_GIVEN
                                        texts { text: "secret" }
                                      }
                                    })pb");
  const std::vector<PlainClassPart> parts = TakeParts(event);
  ASSERT_EQ(parts.size(), 1);
  EXPECT_EQ(parts[0].data_class, model::v1::DATA_CLASS_DIAGNOSIS);
}

TEST(PerformedParts, OfAPlaceThatIsNotThereChangeNothing) {
  ReferralEvent event = Grown();
  EXPECT_FALSE(TakeParts(event).empty());
  const ReferralEvent before = event;
  PlainClassPart odd{.data_class = model::v1::DATA_CLASS_SOCIAL};
  for (const char* field :
       {"", "request/4/note", "performance/9/note", "performance/x/note",
        "performance/4", "performance/4/other", "disclosed"}) {
    event::v1::PlainText& text = *odd.part.add_texts();
    text.set_field(field);
    text.set_text("word");
  }
  for (const char* field : {"performance/4/documents/7",
                            "performance/4/documents/-1", "performance/4"}) {
    odd.part.add_documents()->set_field(field);
  }
  PutBack({odd}, event);
  EXPECT_TRUE(MessageDifferencer::Equals(event, before)) << event.DebugString();
}

}  // namespace
}  // namespace careroute::engine::internal
