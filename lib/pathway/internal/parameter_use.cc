#include "lib/pathway/internal/parameter_use.h"

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway::internal {
namespace {

using google::protobuf::Message;
using model::v1::Age;
using model::v1::Pathway;
using model::v1::Term;

bool IsIdCharacter(char c) {
  return absl::ascii_islower(static_cast<unsigned char>(c)) ||
         absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '_' ||
         c == '-' || c == '.';
}

bool HoldsTexts(const Message& message) {
  return message.GetDescriptor() == model::v1::TextTable::descriptor();
}

}  // namespace

absl::string_view ReferencedParameter(absl::string_view text) {
  if (!absl::ConsumePrefix(&text, "$") || text.empty() ||
      !absl::ascii_islower(static_cast<unsigned char>(text[0]))) {
    return {};
  }
  for (const char c : text) {
    if (!IsIdCharacter(c)) {
      return {};
    }
  }
  return text;
}

void VisitParameterUses(const Pathway& pathway,
                        absl::FunctionRef<void(const ParameterUse&)> visit) {
  WalkMessages(pathway, [&](const Message& part, const std::string& path) {
    if (HoldsTexts(part)) {
      return false;
    }
    if (part.GetDescriptor() == Term::descriptor()) {
      const auto& term = static_cast<const Term&>(part);
      if (!term.parameter().empty()) {
        visit({.place = ParameterPlace::kTerm,
               .parameter = term.parameter(),
               .path = path,
               .term = &term});
      }
      return false;
    }
    if (part.GetDescriptor() == Age::descriptor()) {
      const auto& age = static_cast<const Age&>(part);
      if (!age.parameter().empty()) {
        visit({.place = ParameterPlace::kAge,
               .parameter = age.parameter(),
               .path = path,
               .age = &age});
      }
      return false;
    }
    ForEachString(part, [&](const StringAt& at) {
      const absl::string_view parameter = ReferencedParameter(at.value);
      if (!parameter.empty()) {
        visit({.place = ParameterPlace::kString,
               .parameter = parameter,
               .path = FieldPath(path, at.field->name(), at.index)});
      }
    });
    return true;
  });
}

std::string FirstUnboundParameter(const Pathway& pathway) {
  const auto is_bound = [&](absl::string_view id) {
    for (const model::v1::Binding& binding : pathway.bindings()) {
      if (binding.parameter() == id) {
        return true;
      }
    }
    return false;
  };
  for (const model::v1::Parameter& parameter : pathway.parameters()) {
    if (!is_bound(parameter.id())) {
      return parameter.id();
    }
  }
  std::string unbound;
  VisitParameterUses(pathway, [&](const ParameterUse& use) {
    bool bound = is_bound(use.parameter);
    if (use.place == ParameterPlace::kString) {
      bound = false;  // a bound pathway holds the value in its place
    } else if (use.place == ParameterPlace::kTerm) {
      bound = bound && (use.term->no_limit() ||
                        use.term->unit() != model::v1::TIME_UNIT_UNSPECIFIED);
    }
    if (!bound && unbound.empty()) {
      unbound = std::string(use.parameter);
    }
  });
  return unbound;
}

}  // namespace careroute::pathway::internal
