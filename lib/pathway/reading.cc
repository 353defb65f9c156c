#include "lib/pathway/reading.h"

#include <set>
#include <string>
#include <utility>

#include "lib/pathway/bind.h"
#include "lib/pathway/internal/parameter_use.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway {
namespace {

using google::protobuf::Message;
using internal::ParameterUse;
using model::v1::Pathway;
using model::v1::Term;

// Parameters without a binding: the declared ones and those only named.
std::set<std::string> UnboundParameters(const Pathway& pathway) {
  std::set<std::string> unbound;
  for (const model::v1::Parameter& parameter : pathway.parameters()) {
    unbound.insert(parameter.id());
  }
  internal::VisitParameterUses(pathway, [&](const ParameterUse& use) {
    unbound.emplace(use.parameter);
  });
  for (const model::v1::Binding& binding : pathway.bindings()) {
    unbound.erase(binding.parameter());
  }
  return unbound;
}

// "$document" becomes "document".
std::string WithoutReference(const std::string& text) {
  const absl::string_view parameter = internal::ReferencedParameter(text);
  return parameter.empty() ? text : std::string(parameter);
}

bool FillPart(Message& part) {
  if (part.GetDescriptor() == model::v1::TextTable::descriptor()) return false;
  if (part.GetDescriptor() == Term::descriptor()) {
    auto& term = static_cast<Term&>(part);
    if (!term.parameter().empty() &&
        term.unit() == model::v1::TIME_UNIT_UNSPECIFIED) {
      term.set_no_limit(true);
    }
    return false;
  }
  internal::ReplaceStrings(part, [](const internal::StringAt& at) {
    return WithoutReference(at.value);
  });
  return true;
}

}  // namespace

std::shared_ptr<const Edition> EditionForReading(Pathway pathway) {
  const std::set<std::string> unbound = UnboundParameters(pathway);
  internal::WalkMutableMessages(pathway, FillPart);
  for (const std::string& parameter : unbound) {
    pathway.add_bindings()->set_parameter(parameter);
  }
  absl::StatusOr<std::shared_ptr<const Edition>> edition =
      Edition::FromBound(SerializeBound(pathway), "");
  return edition.ok() ? *std::move(edition) : nullptr;
}

bool IsSetByRegion(const Term& term, const Edition& edition) {
  if (!term.no_limit() || term.parameter().empty()) return false;
  const model::v1::Binding* binding = edition.FindBinding(term.parameter());
  return binding == nullptr || binding->value().value_case() ==
                                   model::v1::ParameterValue::VALUE_NOT_SET;
}

}  // namespace careroute::pathway
