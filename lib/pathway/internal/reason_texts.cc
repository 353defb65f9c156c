#include "lib/pathway/internal/reason_texts.h"

namespace careroute::pathway::internal {
namespace {

struct Sentence {
  absl::string_view key;
  absl::string_view ru;
  absl::string_view en;
};

constexpr Sentence kSentences[] = {
    {"all", "все условия", "all of these"},
    {"any", "хотя бы одно из условий", "at least one of these"},
    {"not", "неверно, что", "it is not so that"},
    {"fact.is", "{fact}: {values}", "{fact}: {values}"},
    {"fact.is_not", "{fact}: не {values}", "{fact}: not {values}"},
    {"fact.at_least", "{fact}: не меньше {number}",
     "{fact}: at least {number}"},
    {"fact.at_most", "{fact}: не больше {number}", "{fact}: at most {number}"},
    {"fact.recorded", "записано: {fact}", "recorded: {fact}"},
    {"fact.not_recorded", "ещё не записано: {fact}",
     "not recorded yet: {fact}"},
    {"outcome", "шаг «{step}» закончился: {outcomes}",
     "step \"{step}\" ended with: {outcomes}"},
    {"outcome.any", "шаг «{step}» закончен", "step \"{step}\" has ended"},
    {"outcome.latest", "последний исход шага «{step}»: {outcomes}",
     "the last outcome of step \"{step}\" is: {outcomes}"},
    {"age.at_least", "возраст не меньше: {age}", "age at least {age}"},
    {"age.below", "возраст меньше: {below}", "age below {below}"},
    {"age.between", "возраст не меньше: {age}, но меньше: {below}",
     "age at least {age} and below {below}"},
    {"age.soon", "до возраста {age} осталось не больше: {term}",
     "within {term} of the age of {age}"},
    {"track", "действует: «{track}»", "track \"{track}\" is set"},
    {"consent", "действует согласие {matter}",
     "a consent is in force {matter}"},
    {"entry", "случай начат так: {entries}", "the case began by: {entries}"},
    {"step.live", "идёт шаг «{step}»", "step \"{step}\" is under way"},
    {"criterion", "подтверждено основание: {criteria}",
     "a ground is proved: {criteria}"},
    {"criterion.any", "подтверждено хотя бы одно основание целевой группы",
     "a ground of the target group is proved"},
    {"guard", "{guard}", "{guard}"},
    {"malformed", "условие записано с ошибкой",
     "the condition is written wrongly"},
    {"more", "и другие условия", "and further conditions"},
    {"withheld", "сведения скрыты", "withheld"},
    {"+term", ", не раньше чем {term} назад", ", no longer than {term} ago"},
    {"+same", " ({same})", " ({same})"},
    {"answer.yes", "да", "yes"},
    {"answer.no", "нет", "no"},
    {"answer.unknown", "не известно", "not known"},
    {"suppliers", "может выполнить: {roles}", "can be met by: {roles}"},
    {"source", "основание: {source}", "source: {source}"},
    {"true", "да", "yes"},
    {"false", "нет", "no"},
    {"role/coordinator", "социальный координатор", "the coordinator"},
    {"role/family", "семья", "the family"},
    {"role/performer", "исполнитель", "the performer"},
    {"role/identifying_organisation", "организация, которая выявила",
     "the organisation that identified the person"},
    {"CONSENT_MATTER_DATA", "на передачу сведений", "to passing data on"},
    {"CONSENT_MATTER_TREATMENT", "на медицинское вмешательство",
     "to a medical intervention"},
    {"CONSENT_MATTER_APPLICATION", "на подачу заявления",
     "to applying for a service"},
    {"CONSENT_MATTER_MONEY", "о деньгах и выплатах", "about money"},
    {"CONSENT_MATTER_EDUCATION", "об образовании", "about education"},
    {"CONSENT_MATTER_UNSPECIFIED", "", ""},
    {"SUBJECT_KIND_PERSON", "у самого человека", "of the person"},
    {"SUBJECT_KIND_PREGNANCY", "по той же беременности",
     "of the same pregnancy"},
    {"SUBJECT_KIND_FINDING", "по той же находке", "of the same finding"},
    {"SUBJECT_KIND_PLAN_LINE", "по той же строке плана",
     "of the same line of the plan"},
    {"SUBJECT_KIND_PERIOD", "за тот же период", "of the same period"},
    {"SUBJECT_KIND_CHILD_BORN", "у того же ребёнка", "of the same child"},
    {"SUBJECT_KIND_UNSPECIFIED", "", ""},
};

}  // namespace

absl::string_view ReasonSentence(absl::string_view key, bool russian) {
  for (const Sentence& sentence : kSentences) {
    if (sentence.key == key) {
      return russian ? sentence.ru : sentence.en;
    }
  }
  return key;
}

}  // namespace careroute::pathway::internal
