#include "lib/registry/internal/duplicate_reasons.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace careroute::registry::internal {
namespace {

using model::v1::Explanation;

absl::string_view NameKey(NameAgree name) {
  switch (name) {
    case NameAgree::kSame:
      return "same";
    case NameAgree::kPatronymicUnknown:
      return "patronymic_unknown";
    case NameAgree::kTransposed:
      return "transposed";
    case NameAgree::kOneTypo:
      return "one_typo";
    case NameAgree::kSurnameDiffers:
      return "surname_differs";
    case NameAgree::kUnnamed:
      return "unnamed";
    case NameAgree::kGivenDiffers:
      return "given_differs";
    case NameAgree::kNotKnown:
      return "not_known";
    case NameAgree::kDifferent:
      break;
  }
  return "differs";
}

absl::string_view DateKey(DateAgree date) {
  switch (date) {
    case DateAgree::kSame:
      return "same";
    case DateAgree::kSwapped:
      return "swapped";
    case DateAgree::kOneDigit:
      return "one_digit";
    case DateAgree::kNotKnown:
      return "not_known";
    case DateAgree::kDifferent:
      break;
  }
  return "differs";
}

absl::string_view VerdictKey(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSame:
      return "same";
    case Verdict::kContradiction:
      return "contradiction";
    case Verdict::kTwin:
      return "twin";
    case Verdict::kLikely:
      return "likely";
    case Verdict::kPossible:
      break;
  }
  return "possible";
}

void AddReason(absl::string_view key, Explanation& because) {
  because.add_because()->set_message_key(absl::StrCat("duplicate.", key));
}

// What is not known on either side gives no reason.
void AddAgreement(absl::string_view what, Agree agree, Explanation& because) {
  if (agree != Agree::kNotKnown) {
    AddReason(absl::StrCat(what, agree == Agree::kYes ? ".same" : ".differs"),
              because);
  }
}

}  // namespace

Explanation ExplainDuplicate(const Comparison& compared, Verdict verdict) {
  Explanation because;
  because.set_message_key(
      absl::StrCat("duplicate.verdict.", VerdictKey(verdict)));
  AddAgreement("snils", compared.snils, because);
  AddAgreement("policy", compared.policy_number, because);
  AddAgreement("document", compared.document, because);
  AddReason(absl::StrCat("name.", NameKey(compared.name)), because);
  AddReason(absl::StrCat("birth_date.", DateKey(compared.date)), because);
  AddAgreement("mother", compared.mother, because);
  AddAgreement("birth_order", compared.birth_order, because);
  AddAgreement("address", compared.address, because);
  AddAgreement("phone", compared.phone, because);
  return because;
}

}  // namespace careroute::registry::internal
