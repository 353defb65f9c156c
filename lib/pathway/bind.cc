#include "lib/pathway/bind.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "lib/pathway/internal/parameter_use.h"
#include "lib/pathway/internal/parameter_value.h"
#include "lib/pathway/internal/walk_message.h"

namespace careroute::pathway {
namespace {

using google::protobuf::Message;
using internal::ParameterPlace;
using internal::ParameterUse;
using model::v1::Binding;
using model::v1::Limit;
using model::v1::Overlay;
using model::v1::Parameter;
using model::v1::Pathway;
using model::v1::Step;
using model::v1::Term;

bool HasProvenance(const model::v1::Source& source) {
  return source.provenance() != model::v1::PROVENANCE_UNSPECIFIED;
}

template <typename List>
auto* FindById(List& list, const std::string& id) {
  const auto found =
      std::find_if(list.begin(), list.end(),
                   [&](const auto& item) { return item.id() == id; });
  return found == list.end() ? nullptr : &*found;
}

class Binder {
 public:
  Binder(const Pathway& pathway, const Overlay* overlay)
      : pathway_(pathway),
        overlay_(overlay != nullptr ? *overlay : Overlay::default_instance()) {}

  Pathway Bind(bool has_overlay) {
    if (has_overlay) {
      CheckTarget();
      CheckBindings();
    }
    ResolveParameters();
    BindTerms();
    ShortenLimits();
    ReplaceRoles();
    if (has_overlay) {
      pathway_.set_overlay(
          absl::StrCat(overlay_.id(), "@", overlay_.edition()));
      pathway_.set_jurisdiction(overlay_.jurisdiction());
      PrependTexts();
    }
    return std::move(pathway_);
  }

  base::Problems& of_overlay() { return of_overlay_; }
  base::Problems& of_pathway() { return of_pathway_; }

 private:
  void CheckTarget() {
    if (overlay_.id().empty()) {
      of_overlay_.Error("id", "EMPTY", "an overlay needs an id", "give it one");
    }
    if (overlay_.edition().empty()) {
      of_overlay_.Error("edition", "EMPTY", "an overlay needs an edition",
                        "give it one");
    }
    if (overlay_.pathway() != pathway_.id() ||
        overlay_.pathway_edition() != pathway_.edition()) {
      of_overlay_.Error("pathway", "OTHER_PATHWAY",
                        absl::StrCat("the overlay is for another edition than ",
                                     pathway_.id(), " ", pathway_.edition()),
                        "name this pathway and its edition");
    }
    CheckJurisdiction();
  }

  // A region's numbers hold in that region only: bound to nothing narrower
  // they would be taken for every region's.
  void CheckJurisdiction() {
    const std::string& region = overlay_.jurisdiction();
    const std::string& whole = pathway_.jurisdiction();
    if (region.empty()) {
      of_overlay_.Error("jurisdiction", "EMPTY",
                        "an overlay needs the region it holds in",
                        absl::StrCat("name it, such as ", whole, "-KHA"));
    } else if (region != whole &&
               !absl::StartsWith(region, absl::StrCat(whole, "-"))) {
      of_overlay_.Error("jurisdiction", "OTHER_JURISDICTION",
                        absl::StrCat(region, " does not lie in ", whole,
                                     ", where the pathway holds"),
                        absl::StrCat("name a region of ", whole));
    }
  }

  void CheckBindings() {
    for (int i = 0; i < overlay_.bindings_size(); ++i) {
      const Binding& binding = overlay_.bindings(i);
      const auto at = of_overlay_.Enter("bindings", i);
      const Parameter* parameter =
          FindById(pathway_.parameters(), binding.parameter());
      if (parameter == nullptr) {
        of_overlay_.Error(
            "parameter", "UNKNOWN_PARAMETER",
            absl::StrCat("the pathway has no parameter ", binding.parameter()),
            "remove the binding, or correct the id");
        continue;
      }
      if (FindBinding(binding.parameter()) != &binding) {
        of_overlay_.Error("parameter", "DUPLICATE_BINDING",
                          absl::StrCat(binding.parameter(), " is bound twice"),
                          "bind it once");
      }
      internal::CheckParameterValue(*parameter, binding.value(), "value",
                                    of_overlay_);
      if (!HasProvenance(binding.source())) {
        of_overlay_.Error("source", "NO_PROVENANCE",
                          "a binding needs the region's act, or DEMO",
                          "state the source and its provenance");
      }
    }
  }

  const Binding* FindBinding(const std::string& parameter) const {
    for (const Binding& binding : overlay_.bindings()) {
      if (binding.parameter() == parameter) {
        return &binding;
      }
    }
    return nullptr;
  }

  // Writes pathway_.bindings: what each parameter is.
  void ResolveParameters() {
    pathway_.clear_bindings();
    for (int i = 0; i < pathway_.parameters_size(); ++i) {
      const Parameter& parameter = pathway_.parameters(i);
      if (const Binding* binding = FindBinding(parameter.id())) {
        *pathway_.add_bindings() = *binding;
        continue;
      }
      if (parameter.has_default_value()) {
        Binding* added = pathway_.add_bindings();
        added->set_parameter(parameter.id());
        *added->mutable_value() = parameter.default_value();
        *added->mutable_source() = parameter.source();
        continue;
      }
      const auto at = of_pathway_.Enter("parameters", i);
      of_pathway_.Error("", "UNBOUND",
                        absl::StrCat("parameter ", parameter.id(),
                                     " is neither bound nor has a default"),
                        "bind it in the overlay, or state no_limit there");
    }
  }

  const Binding* Resolved(absl::string_view parameter) const {
    for (const Binding& binding : pathway_.bindings()) {
      if (binding.parameter() == parameter) {
        return &binding;
      }
    }
    return nullptr;
  }

  void BindTerms() {
    CheckNoLimits();
    internal::WalkMutableMessages(pathway_, [this](Message& part) {
      if (part.GetDescriptor() == model::v1::TextTable::descriptor() ||
          part.GetDescriptor() == Binding::descriptor() ||
          part.GetDescriptor() == Parameter::descriptor()) {
        return false;
      }
      BindMessage(part);
      return true;
    });
    for (Step& step : *pathway_.mutable_steps()) {
      FillSources(step);
    }
  }

  // Where a region says no_limit although the step cannot do without a number.
  void CheckNoLimits() {
    internal::VisitParameterUses(pathway_, [this](const ParameterUse& use) {
      const Binding* binding = Resolved(use.parameter);
      if (binding == nullptr || !binding->value().no_limit() ||
          (use.place == ParameterPlace::kTerm &&
           internal::MayBeUnlimited(use.path))) {
        return;
      }
      of_pathway_.Error(use.path, "NO_LIMIT_NOT_ALLOWED",
                        absl::StrCat(use.parameter,
                                     " is bound to no_limit, but a number is "
                                     "needed here"),
                        "bind it to a number");
    });
  }

  void BindMessage(Message& part) {
    if (part.GetDescriptor() == Term::descriptor()) {
      BindTerm(static_cast<Term&>(part));
      return;
    }
    if (part.GetDescriptor() == model::v1::Age::descriptor()) {
      auto& age = static_cast<model::v1::Age&>(part);
      if (const Binding* binding = Resolved(age.parameter())) {
        age.set_years(static_cast<std::int32_t>(binding->value().integer()));
        age.clear_months();
      }
      return;
    }
    if (part.GetDescriptor() == model::v1::Attempts::descriptor()) {
      auto& attempts = static_cast<model::v1::Attempts&>(part);
      if (const Binding* binding = Resolved(attempts.tries_parameter())) {
        attempts.set_tries(
            static_cast<std::int32_t>(binding->value().integer()));
      }
    }
    internal::ReplaceStrings(part, [this](const internal::StringAt& at) {
      const Binding* binding =
          Resolved(internal::ReferencedParameter(at.value));
      if (binding == nullptr) {
        return at.value;
      }
      return binding->value().has_text() ? binding->value().text()
                                         : binding->value().id();
    });
  }

  void BindTerm(Term& term) {
    const Binding* binding = Resolved(term.parameter());
    if (binding == nullptr) {
      return;
    }
    const std::string parameter = term.parameter();
    term = binding->value().term();
    term.set_no_limit(binding->value().no_limit());
    term.set_parameter(parameter);
  }

  // A number without a source of its own has the source of its parameter.
  template <typename Owner>
  void FillSource(const Term& term, Owner& owner) {
    if (HasProvenance(owner.source())) {
      return;
    }
    if (const Binding* binding = Resolved(term.parameter())) {
      *owner.mutable_source() = binding->source();
    }
  }

  void FillSources(Step& step) {
    for (Limit& limit : *step.mutable_limits()) {
      const Term* term =
          limit.has_by_fact() ? FirstTerm(limit.by_fact()) : &limit.within();
      if (limit.due_case() == Limit::kBeforeAge &&
          Resolved(limit.before_age().parameter()) != nullptr &&
          !HasProvenance(limit.source())) {
        *limit.mutable_source() =
            Resolved(limit.before_age().parameter())->source();
      } else if (limit.has_before_by()) {
        FillSource(limit.before_by(), limit);
      } else if (term != nullptr) {
        FillSource(*term, limit);
      }
      for (auto& track : *limit.mutable_tracks()) {
        FillSource(track.within(), track);
      }
    }
    if (step.has_on_silence()) {
      FillSource(step.on_silence().after(), *step.mutable_on_silence());
    }
    if (step.has_recurrence()) {
      FillSource(step.recurrence().every(), *step.mutable_recurrence());
    }
    for (auto& outcome : *step.mutable_outcomes()) {
      if (outcome.has_right()) {
        FillSource(outcome.right().window(), *outcome.mutable_right());
      }
    }
  }

  static const Term* FirstTerm(const model::v1::LimitTable& table) {
    for (const auto& row : table.rows()) {
      if (!row.within().parameter().empty()) {
        return &row.within();
      }
    }
    return nullptr;
  }

  void ShortenLimits() {
    for (int i = 0; i < overlay_.shorter_limits_size(); ++i) {
      const auto at = of_overlay_.Enter("shorter_limits", i);
      Shorten(overlay_.shorter_limits(i));
    }
  }

  void Shorten(const model::v1::ShorterLimit& shorter) {
    Step* step = FindById(*pathway_.mutable_steps(), shorter.step());
    if (step == nullptr) {
      of_overlay_.Error(
          "step", "UNKNOWN_STEP",
          absl::StrCat("the pathway has no step ", shorter.step()),
          "name a step of the pathway");
      return;
    }
    Limit* limit = FindById(*step->mutable_limits(), shorter.limit());
    if (limit == nullptr) {
      of_overlay_.Error("limit", "UNKNOWN_LIMIT",
                        absl::StrCat("step ", shorter.step(), " has no limit ",
                                     shorter.limit()),
                        "name a limit of the step");
      return;
    }
    if (!limit->statutory() || limit->due_case() != Limit::kWithin) {
      of_overlay_.Error("limit", "NOT_STATUTORY",
                        "only a statutory limit within a term is shortened",
                        "bind the parameter of the limit instead");
      return;
    }
    if (shorter.within().unit() != limit->within().unit() ||
        shorter.within().n() >= limit->within().n() ||
        shorter.within().n() < 1) {
      of_overlay_.Error(
          "within", "NOT_SHORTER",
          absl::StrCat("a region may only shorten the ", limit->within().n(),
                       " of the law, in the same unit"),
          "give a smaller number in the same unit");
      return;
    }
    if (!HasProvenance(shorter.source())) {
      of_overlay_.Error("source", "NO_PROVENANCE",
                        "a shorter limit needs the region's act",
                        "state the source and its provenance");
    }
    *limit->mutable_within() = shorter.within();
    *limit->mutable_source() = shorter.source();
  }

  void ReplaceRoles() {
    for (int i = 0; i < overlay_.roles_size(); ++i) {
      const auto at = of_overlay_.Enter("roles", i);
      if (FindById(pathway_.roles(), overlay_.roles(i).id()) == nullptr) {
        of_overlay_.Error(
            "id", "UNKNOWN_ROLE",
            absl::StrCat("the pathway has no role ", overlay_.roles(i).id()),
            "name a role of the pathway");
      }
    }
    if (overlay_.roles_size() == 0) {
      return;
    }
    google::protobuf::RepeatedPtrField<model::v1::Role> roles;
    for (const model::v1::Role& role : pathway_.roles()) {
      if (FindById(overlay_.roles(), role.id()) == nullptr) {
        *roles.Add() = role;
      }
    }
    roles.MergeFrom(overlay_.roles());
    *pathway_.mutable_roles() = std::move(roles);
  }

  // The first text of a key wins, so that the overlay's go first.
  void PrependTexts() {
    google::protobuf::RepeatedPtrField<model::v1::TextTable> texts =
        overlay_.texts();
    texts.MergeFrom(pathway_.texts());
    *pathway_.mutable_texts() = std::move(texts);
  }

  Pathway pathway_;
  const Overlay& overlay_;
  base::Problems of_overlay_;
  base::Problems of_pathway_;
};

}  // namespace

std::optional<Pathway> Bind(const LoadedPathway& pathway,
                            const LoadedOverlay* overlay,
                            base::Problems& problems) {
  Binder binder(pathway.pathway,
                overlay == nullptr ? nullptr : &overlay->overlay);
  Pathway bound = binder.Bind(overlay != nullptr);
  const bool good =
      !binder.of_overlay().HasErrors() && !binder.of_pathway().HasErrors();
  if (overlay != nullptr) {
    overlay->source_map.Locate(binder.of_overlay());
  }
  pathway.source_map.Locate(binder.of_pathway());
  for (base::Problem& problem : binder.of_overlay().list()) {
    problems.Add(std::move(problem));
  }
  for (base::Problem& problem : binder.of_pathway().list()) {
    problems.Add(std::move(problem));
  }
  return good ? std::optional<Pathway>(std::move(bound)) : std::nullopt;
}

std::string SerializeBound(const Pathway& bound) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    bound.SerializeToCodedStream(&coded);
  }
  return bytes;
}

}  // namespace careroute::pathway
