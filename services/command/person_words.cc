#include "services/command/person_words.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "lib/engine/route_words.h"
#include "services/command/labels.h"
#include "unicode/uloc.h"
#include "unicode/unistr.h"

namespace careroute::services {
namespace {

// "нанайский" of "gld"; the tag itself for one that has no name.
std::string LanguageName(const std::string& tag, absl::string_view language) {
  std::array<UChar, 64> name{};
  UErrorCode status = U_ZERO_ERROR;
  const int32_t length = uloc_getDisplayLanguage(
      tag.c_str(), std::string(language).c_str(), name.data(),
      static_cast<int32_t>(name.size()), &status);
  if (U_FAILURE(status) != 0 || length <= 0) return tag;
  std::string words;
  icu::UnicodeString(name.data(), length).toUTF8String(words);
  return words;
}

}  // namespace

std::string JoinWords(const std::vector<std::string>& parts,
                      absl::string_view separator) {
  std::string joined;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    absl::StrAppend(&joined, joined.empty() ? "" : separator, part);
  }
  return joined;
}

std::string NameWords(const model::v1::Identity& identity) {
  return JoinWords(
      {identity.family_name(), identity.given_name(), identity.middle_name()},
      " ");
}

std::string TitleWords(const model::v1::RouteContact& contact) {
  return contact.title().empty() ? contact.name() : contact.title();
}

std::string ReachWords(const model::v1::RouteContact& contact) {
  // A telephone number is never broken over two lines.
  const std::string phone =
      absl::StrReplaceAll(contact.phone(), {{" ", "\u00a0"}});
  return JoinWords({phone, contact.hours(), contact.address()}, "; ");
}

std::string ContactWords(const model::v1::RouteContact& contact) {
  return JoinWords({TitleWords(contact), ReachWords(contact)}, ", ");
}

std::string NeedsWords(const model::v1::Needs& needs,
                       absl::string_view language) {
  std::vector<std::string> parts;
  if (!needs.language().empty()) {
    parts.push_back(LabelText(Label::kLanguage, language,
                              LanguageName(needs.language(), language)));
  }
  for (const int need : needs.access()) {
    parts.push_back(engine::AccessNeedWords(
        static_cast<model::v1::AccessNeed>(need), language));
  }
  std::vector<std::string> modes;
  for (const int mode : needs.reach_by()) {
    modes.push_back(engine::ContactModeWords(
        static_cast<model::v1::ContactMode>(mode), language));
  }
  if (!modes.empty()) {
    parts.push_back(
        LabelText(Label::kReachBy, language, JoinWords(modes, ", ")));
  }
  if (!needs.speak_with().empty()) {
    parts.push_back(LabelText(Label::kSpeakWith, language, needs.speak_with()));
  }
  parts.push_back(needs.note());
  return JoinWords(parts, "; ");
}

}  // namespace careroute::services
