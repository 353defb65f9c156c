#include "lib/access/explain_text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/substitute.h"

namespace careroute::access {
namespace {

using model::v1::DataClass;
using model::v1::Explanation;

constexpr Sentence kSentences[] = {
    {"access.call", "вызов", "the call"},
    {"access.other_organisation",
     "сотрудник не из организации, которую назвал: $0",
     "the member does not belong to the organisation named: $0"},
    {"access.hub_role", "роль узла не бывает у вызывающего",
     "nobody calls in the role of the hub"},
    {"access.no_such_member", "в справочнике нет сотрудника $0",
     "the directory knows no member $0"},
    {"access.not_in_service", "сотрудник $0 в этот день не работает",
     "the member $0 is not in service that day"},
    {"access.role_not_held", "у сотрудника нет роли $0",
     "the member does not hold the role $0"},
    {"access.unknown_purpose", "неизвестная цель: $0", "unknown purpose: $0"},
    {"access.purpose_not_of_role", "цель $0 не для этой роли",
     "the purpose $0 is not for this role"},
    {"access.role_not_of_method", "роли $0 этот вызов не разрешён",
     "the role $0 may not call this method"},
    {"access.case", "доступ к случаю", "access to the case"},
    {"access.takes_no_part", "организация не участвует в случае",
     "the organisation takes no part in the case"},
    {"access.role_reads_no_cases", "эта роль не читает случаи",
     "this role reads no cases"},
    {"access.purpose_opens_nothing", "эта цель не открывает случаи",
     "this purpose opens no case"},
    {"access.hub", "сам узел", "the hub itself"},
    {"access.identified", "$0: организация сама выявила человека",
     "$0: the organisation identified the person itself"},
    {"access.coordinates", "$0: организация ведёт случай",
     "$0: the organisation coordinates the case"},
    {"access.takes_part", "$0: видит каждый участник случая",
     "$0: everyone who takes part sees it"},
    {"access.disclosed", "$0: передано с направлением, основание действует",
     "$0: disclosed with a referral whose ground holds"},
    {"access.emergency", "$0: сотрудник открыл случай в экстренной ситуации",
     "$0: the member opened the case in an emergency"},
    {"access.not_disclosed", "$0: организации не передавали",
     "$0: not disclosed to the organisation"},
};

struct ClassName {
  DataClass data_class;
  absl::string_view russian;
  absl::string_view english;
};

constexpr ClassName kClassNames[] = {
    {model::v1::DATA_CLASS_ROUTE, "маршрут", "the route"},
    {model::v1::DATA_CLASS_IDENTITY, "сведения о личности", "identity"},
    {model::v1::DATA_CLASS_CONTACT, "контакты", "contact data"},
    {model::v1::DATA_CLASS_NEEDS, "потребности в доступности и общении",
     "needs"},
    {model::v1::DATA_CLASS_SOCIAL, "социальные сведения", "social data"},
    {model::v1::DATA_CLASS_EDUCATION, "сведения об образовании",
     "education data"},
    {model::v1::DATA_CLASS_MEDICAL, "сведения о здоровье", "medical data"},
    {model::v1::DATA_CLASS_DIAGNOSIS, "диагнозы", "diagnoses"},
};

std::string InWords(const std::string& argument, absl::string_view language) {
  DataClass data_class;
  if (model::v1::DataClass_Parse(argument, &data_class)) {
    return std::string(NameOf(data_class, language));
  }
  return argument;
}

void Fill(absl::Span<const Sentence> table, absl::string_view language,
          int depth, Explanation& because) {
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const Sentence& sentence) {
        return sentence.key == because.message_key();
      });
  if (row != table.end()) {
    // Substitute takes ten; a sentence uses fewer.
    std::vector<std::string> words(10);
    for (int i = 0; i < std::min(because.arguments_size(), 10); ++i) {
      words[static_cast<size_t>(i)] = InWords(because.arguments(i), language);
    }
    because.set_text(
        absl::Substitute(language == "en" ? row->english : row->russian,
                         words[0], words[1], words[2], words[3], words[4],
                         words[5], words[6], words[7], words[8], words[9]));
  }
  for (Explanation& child : *because.mutable_because()) {
    if (depth < kExplanationDepthMax) {
      Fill(table, language, depth + 1, child);
    }
  }
}

}  // namespace

absl::string_view NameOf(DataClass data_class, absl::string_view language) {
  for (const ClassName& name : kClassNames) {
    if (name.data_class == data_class) {
      return language == "en" ? name.english : name.russian;
    }
  }
  return {};
}

void FillTexts(absl::Span<const Sentence> table, absl::string_view language,
               Explanation& because) {
  Fill(table, language, 0, because);
}

void FillTexts(absl::string_view language, Explanation& because) {
  FillTexts(kSentences, language, because);
}

}  // namespace careroute::access
