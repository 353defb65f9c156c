#include "services/command/render_posts.h"

#include "gmock/gmock.h"

namespace careroute::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kBoris[] = "organisations/a/members/boris";
constexpr char kClara[] = "organisations/a/members/clara";

PostsOptions In(const char* language, bool applied) {
  return {.wall = Wall(language, 0), .applied = applied};
}

model::v1::Refusal MakeRefusal(const char* key, const char* message) {
  model::v1::Refusal refusal;
  refusal.set_message_key(key);
  refusal.set_message(message);
  return refusal;
}

api::v1::HandOverCasesResponse MakeHandOver() {
  api::v1::HandOverCasesResponse reply;
  for (const char* name : {"cases/1", "cases/2", "cases/3"}) {
    reply.add_cases()->set_name(name);
  }
  reply.mutable_cases(0)->set_to(kClara);
  reply.mutable_cases(0)->set_absent_until("2025-04-20");
  reply.mutable_cases(1)->set_to(kBoris);
  reply.mutable_cases(2)->set_to(kBoris);
  api::v1::OfferedCase& refused = *reply.add_cases();
  refused.set_name("cases/4");
  *refused.mutable_refusal() =
      MakeRefusal("not_your_move", "someone else must do it");
  model::v1::Missing& missing = *refused.mutable_refusal()->add_missing();
  missing.set_what("actor");
  missing.set_mend("ask them to make the move");
  return reply;
}

TEST(RenderHandOver, CountsWhatEachIsOfferedAndListsWhatNobodyIs) {
  EXPECT_EQ(RenderHandOver(MakeHandOver(), In("en", true)),
            "to                             offered  presence\n"
            "organisations/a/members/boris  2\n"
            "organisations/a/members/clara  1        absent until 2025-04-20\n"
            "case     why it is not offered\n"
            "cases/4  someone else must do it\n"
            "         actor: ask them to make the move\n"
            "Cases offered: 3, not offered: 1.\n");
}

TEST(RenderHandOver, SpeaksRussian) {
  EXPECT_THAT(RenderHandOver(MakeHandOver(), In("ru", true)),
              AllOf(HasSubstr("отсутствует до 20.04.2025"),
                    HasSubstr("Это должен сделать кто-то другой."),
                    HasSubstr("actor: попросите их"),
                    HasSubstr("Предложено случаев: 3, не предложено: 1."),
                    Not(HasSubstr("ask them"))));
}

TEST(RenderHandOver, SaysOfATrialWhatCouldBeOffered) {
  EXPECT_THAT(RenderHandOver(MakeHandOver(), In("en", false)),
              AllOf(HasSubstr("can be offered  presence"),
                    HasSubstr("Cases that can be offered: 3, that cannot: 1."),
                    Not(HasSubstr("not offered: 1"))));
}

TEST(RenderHandOver, LeavesOutTheTableOfWhatIsNotOfferedWhenAllIs) {
  api::v1::HandOverCasesResponse reply = MakeHandOver();
  reply.mutable_cases()->RemoveLast();
  EXPECT_THAT(RenderHandOver(reply, In("en", true)), Not(HasSubstr("why")));
}

TEST(RenderHandOver, SaysThatThereIsNoCase) {
  EXPECT_EQ(RenderHandOver({}, In("en", true)), "Nothing.\n");
}

TEST(RenderHandOver, ColoursWhatIsNotOffered) {
  PostsOptions options = In("en", true);
  options.screen.colour = true;
  EXPECT_THAT(RenderHandOver(MakeHandOver(), options),
              HasSubstr("\x1b[33mcases/4\x1b[0m"));
}

api::v1::AcceptPostsResponse MakeAcceptance() {
  api::v1::AcceptPostsResponse reply;
  reply.add_posts()->set_name("cases/1");
  api::v1::AcceptedPost& refused = *reply.add_posts();
  refused.set_name("cases/2");
  *refused.mutable_refusal() = MakeRefusal("case_closed", "the case has ended");
  return reply;
}

TEST(RenderAcceptance, SaysOfEachOfferWhetherItIsAccepted) {
  EXPECT_EQ(RenderAcceptance(MakeAcceptance(), In("en", true)),
            "case     answer\n"
            "cases/1  accepted\n"
            "cases/2  the case has ended\n"
            "Offers accepted: 1, not accepted: 1.\n");
}

TEST(RenderAcceptance, SpeaksRussianOfATrial) {
  EXPECT_EQ(RenderAcceptance(MakeAcceptance(), In("ru", false)),
            "случай   ответ\n"
            "cases/1  можно принять\n"
            "cases/2  Случай завершён.\n"
            "Предложений можно принять: 1, нельзя: 1.\n");
}

TEST(RenderAcceptance, SaysThatNothingIsOffered) {
  EXPECT_EQ(RenderAcceptance({}, In("ru", true)), "Пусто.\n");
}

api::v1::DismissMemberResponse MakeDismissal() {
  api::v1::DismissMemberResponse reply;
  api::v1::VacatedCase& passed = *reply.add_cases();
  passed.set_name("cases/1");
  passed.set_coordinator(kBoris);
  passed.set_deputy(kClara);
  api::v1::VacatedCase& refused = *reply.add_cases();
  refused.set_name("cases/2");
  *refused.mutable_refusal() =
      MakeRefusal("nobody_steps_in", "nobody is there");
  return reply;
}

TEST(RenderDismissal, NamesTheNewHandsOfEachCaseAndWhyOthersStay) {
  EXPECT_EQ(
      RenderDismissal(MakeDismissal(), In("en", true)),
      "case     coordinator                    deputy\n"
      "cases/1  organisations/a/members/boris  organisations/a/members/clara\n"
      "cases/2  stays with the member\n"
      "         nobody is there\n"
      "Cases passed on: 1, left with the member: 1.\n");
}

TEST(RenderDismissal, SpeaksRussian) {
  EXPECT_THAT(RenderDismissal(MakeDismissal(), In("ru", true)),
              AllOf(HasSubstr("координатор"), HasSubstr("заместитель"),
                    HasSubstr("Принять случай некому"),
                    HasSubstr("Перешло случаев: 1, осталось за сотрудником: "
                              "1.")));
}

TEST(RenderDismissal, NamesTheDayWhenTheLastOneIsToCome) {
  api::v1::DismissMemberResponse reply = MakeDismissal();
  reply.set_passes_on("2025-05-02");
  const std::string page = RenderDismissal(reply, In("ru", true));
  EXPECT_THAT(page, StartsWith("Случаи перейдут к другим сотрудникам "
                               "02.05.2025."));
  EXPECT_THAT(page, HasSubstr("Перейдёт случаев: 1"));
  EXPECT_THAT(page, Not(HasSubstr("Перешло")));
}

TEST(RenderDismissal, SaysThatThereIsNoCase) {
  EXPECT_EQ(RenderDismissal({}, In("en", true)), "Nothing.\n");
}

}  // namespace
}  // namespace careroute::services
