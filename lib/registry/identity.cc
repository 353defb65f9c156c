#include "lib/registry/identity.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "lib/registry/internal/text.h"
#include "lib/registry/normalise_number.h"

namespace careroute::registry {
namespace {

// Series and numbers are written with and without blanks, dashes and signs.
std::string DocumentNumber(absl::string_view written) {
  const std::optional<std::u32string> folded = internal::Fold(written);
  if (!folded.has_value()) {
    return "";
  }
  std::u32string kept;
  std::copy_if(folded->begin(), folded->end(), std::back_inserter(kept),
               [](char32_t character) {
                 return internal::IsDigit(character) ||
                        internal::IsLetterOrMark(character);
               });
  return internal::ToUtf8(internal::UnifyAlphabet(std::move(kept)));
}

void AddDocuments(const model::v1::Identity& identity, NormalIdentity& normal,
                  base::Problems& problems) {
  for (int i = 0; i < identity.documents_size(); ++i) {
    const auto at = problems.Enter("documents", i);
    const model::v1::Document& document = identity.documents(i);
    const std::string number = DocumentNumber(document.number());
    if (document.kind().empty() || number.empty()) {
      problems.Error(document.kind().empty() ? "kind" : "number",
                     "DOCUMENT_INCOMPLETE",
                     "has no kind, or no number with a digit or letter",
                     "give the kind and the series and number as written");
      continue;
    }
    normal.documents.push_back(absl::StrCat(document.kind(), " ", number));
  }
  std::sort(normal.documents.begin(), normal.documents.end());
}

void AddPhones(const model::v1::Identity& identity, NormalIdentity& normal,
               base::Problems& problems) {
  for (int i = 0; i < identity.phones_size(); ++i) {
    const auto at = problems.Enter("phones", i);
    if (std::optional<std::string> phone =
            NormalisePhone(identity.phones(i), problems);
        phone.has_value()) {
      normal.phones.push_back(*std::move(phone));
    }
  }
  std::sort(normal.phones.begin(), normal.phones.end());
}

void AddAddress(const model::v1::Address& address, NormalIdentity& normal,
                base::Problems& problems) {
  NormalAddress added = NormaliseAddress(
      {.settlement = address.settlement(), .line = address.line()}, problems);
  if (!added.IsEmpty()) {
    normal.addresses.push_back(std::move(added));
  }
}

void AddAddresses(const model::v1::Identity& identity, NormalIdentity& normal,
                  base::Problems& problems) {
  if (identity.has_registered_at()) {
    const auto at = problems.Enter("registered_at");
    AddAddress(identity.registered_at(), normal, problems);
  }
  if (identity.has_stays_at()) {
    const auto at = problems.Enter("stays_at");
    AddAddress(identity.stays_at(), normal, problems);
  }
}

void AddNumbers(const IdentityInput& input, NormalIdentity& normal,
                base::Problems& problems) {
  const model::v1::Identity& identity = input.identity;
  if (!identity.birth_date().empty()) {
    const auto at = problems.Enter("birth_date");
    normal.birth_date = NormaliseBirthDate(
        {.text = identity.birth_date(), .today = input.today}, problems);
  }
  if (!identity.snils().empty()) {
    const auto at = problems.Enter("snils");
    normal.snils = NormaliseSnils(identity.snils(), problems).value_or("");
  }
  if (!identity.policy_number().empty()) {
    const auto at = problems.Enter("policy_number");
    normal.policy_number =
        NormalisePolicyNumber(identity.policy_number(), problems).value_or("");
  }
}

// Problems of a name under the names the message gives its fields.
NormalName NameOf(const model::v1::Identity& identity,
                  base::Problems& problems) {
  base::Problems found;
  NormalName name = NormaliseName({.surname = identity.family_name(),
                                   .given = identity.given_name(),
                                   .patronymic = identity.middle_name()},
                                  found);
  for (base::Problem& problem : found.list()) {
    const absl::string_view field = problem.path == "surname" ? "family_name"
                                    : problem.path == "given" ? "given_name"
                                                              : "middle_name";
    problem.path = problems.place().empty()
                       ? std::string(field)
                       : absl::StrCat(problems.place(), ".", field);
    problems.Add(std::move(problem));
  }
  return name;
}

// Year, then the smaller and the larger of month and day: one form for a date
// and for the same date with both changed places.
std::string DateKey(absl::CivilDay date) {
  const int month = date.month();
  const int day = date.day();
  return absl::StrFormat("%04d %02d %02d", date.year(), std::min(month, day),
                         std::max(month, day));
}

void AddIdentifierTerms(const NormalIdentity& identity,
                        std::vector<Term>& terms) {
  if (!identity.snils.empty()) {
    terms.push_back({.kind = TermKind::kSnils, .value = identity.snils});
  }
  if (!identity.policy_number.empty()) {
    terms.push_back(
        {.kind = TermKind::kPolicyNumber, .value = identity.policy_number});
  }
}

void AddNameTerms(const NormalIdentity& identity, std::vector<Term>& terms) {
  const std::vector<std::string> parts = identity.name.SortedParts();
  if (parts.size() > 1) {
    terms.push_back(
        {.kind = TermKind::kFullName, .value = absl::StrJoin(parts, " ")});
  }
  if (!identity.birth_date.has_value()) {
    return;
  }
  for (const std::string& part : parts) {
    terms.push_back(
        {.kind = TermKind::kNamePartAndBirthDate,
         .value = absl::StrCat(part, " ", DateKey(*identity.birth_date))});
  }
}

void AddBirthTerms(const NormalIdentity& identity, std::vector<Term>& terms) {
  if (identity.mother.empty() || !identity.birth_date.has_value()) {
    return;
  }
  const std::string birth =
      absl::StrCat(identity.mother, " ", DateKey(*identity.birth_date));
  terms.push_back({.kind = TermKind::kMotherAndBirthDate, .value = birth});
  terms.push_back({.kind = TermKind::kNewborn,
                   .value = absl::StrCat(birth, " ", identity.birth_order)});
}

}  // namespace

NormalIdentity NormaliseIdentity(const IdentityInput& input,
                                 base::Problems& problems) {
  NormalIdentity normal;
  normal.name = NameOf(input.identity, problems);
  AddNumbers(input, normal, problems);
  AddDocuments(input.identity, normal, problems);
  AddPhones(input.identity, normal, problems);
  AddAddresses(input.identity, normal, problems);
  normal.mother = input.identity.mother();
  normal.birth_order = input.identity.birth_order();
  return normal;
}

std::vector<Term> TermsOf(const NormalIdentity& identity) {
  std::vector<Term> terms;
  AddIdentifierTerms(identity, terms);
  for (const std::string& document : identity.documents) {
    terms.push_back({.kind = TermKind::kDocument, .value = document});
  }
  AddNameTerms(identity, terms);
  AddBirthTerms(identity, terms);
  for (const std::string& phone : identity.phones) {
    terms.push_back({.kind = TermKind::kPhone, .value = phone});
  }
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

std::vector<Term> UniqueTermsOf(const NormalIdentity& identity) {
  std::vector<Term> terms;
  AddIdentifierTerms(identity, terms);
  return terms;
}

}  // namespace careroute::registry
