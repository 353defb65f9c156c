#include "services/command/refusal_words.h"

#include "gtest/gtest.h"

namespace careroute::services {
namespace {

model::v1::Refusal MakeRefusal(const char* key) {
  model::v1::Refusal refusal;
  refusal.set_message_key(key);
  refusal.set_message("nobody is there");
  model::v1::Missing& missing = *refusal.add_missing();
  missing.set_what("organisation/head");
  missing.set_mend("name a head who stays");
  return refusal;
}

TEST(WordsOfRefusal, AreThoseOfTheHubInEnglish) {
  const RefusalWords words = WordsOf(MakeRefusal("nobody_steps_in"), "en");
  EXPECT_EQ(words.why, "nobody is there");
  ASSERT_EQ(words.notes.size(), 1U);
  EXPECT_EQ(words.notes[0].text, "organisation/head: name a head who stays");
}

TEST(WordsOfRefusal, SayInRussianWhyAndWhatWouldMendIt) {
  const RefusalWords words = WordsOf(MakeRefusal("nobody_steps_in"), "ru");
  EXPECT_NE(words.why.find("Принять случай некому"), std::string::npos);
  ASSERT_EQ(words.notes.size(), 1U);
  EXPECT_EQ(words.notes[0].text,
            "organisation/head: назначьте руководителя, который остаётся");
}

TEST(WordsOfRefusal, LeaveNothingUnsaidThatHasNoRussianWords) {
  const RefusalWords words = WordsOf(MakeRefusal("of_a_later_release"), "ru");
  EXPECT_EQ(words.why, "nobody is there");
  EXPECT_EQ(words.notes.size(), 1U);
}

}  // namespace
}  // namespace careroute::services
