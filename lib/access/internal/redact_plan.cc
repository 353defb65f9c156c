#include "lib/access/internal/redact_plan.h"

#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "careroute/model/v1/fact.pb.h"
#include "careroute/options/v1/options.pb.h"
#include "lib/base/mutex.h"

namespace careroute::access::internal {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

bool IsOurs(const Descriptor* type) {
  return absl::StartsWith(type->full_name(), "careroute.");
}

PlanKind KindOf(const Descriptor* type) {
  if (!IsOurs(type) || type->options().map_entry()) {
    return PlanKind::kOpaque;
  }
  const options::v1::MessageRules& rules =
      type->options().GetExtension(options::v1::message);
  if (rules.no_person_data()) {
    return PlanKind::kLeaveAlone;
  }
  if (rules.class_from_field()) {
    return PlanKind::kNamesClass;
  }
  return type == model::v1::Fact::descriptor() ? PlanKind::kFact
                                               : PlanKind::kWalk;
}

bool IsListOfClasses(const FieldDescriptor* field) {
  return field->name() == "withheld" && field->is_repeated() &&
         field->enum_type() == model::v1::DataClass_descriptor();
}

// The classes a fact can have: the checker of pathways lets none of class
// identity or diagnosis be declared.
constexpr DataClassSet kFactClasses = {
    model::v1::DATA_CLASS_ROUTE,     model::v1::DATA_CLASS_CONTACT,
    model::v1::DATA_CLASS_NEEDS,     model::v1::DATA_CLASS_SOCIAL,
    model::v1::DATA_CLASS_EDUCATION, model::v1::DATA_CLASS_MEDICAL};

// Builds plans, those of nested types included, and keeps them. Types may
// contain each other, so a plan is entered before its fields are.
class Plans {
 public:
  const Plan& For(const Descriptor* type) {
    base::MutexLock lock(mutex_);
    const auto known = plans_.find(type);
    if (known != plans_.end()) {
      return *known->second;
    }
    Enter(type);
    SpreadReach();
    return *plans_.at(type);
  }

 private:
  Plan* Enter(const Descriptor* type) CAREROUTE_REQUIRES(mutex_) {
    const auto [at, is_new] = plans_.try_emplace(type);
    if (!is_new) {
      return at->second.get();
    }
    at->second = std::make_unique<Plan>();
    Plan* plan = at->second.get();  // stays put while the map grows
    plan->kind = KindOf(type);
    switch (plan->kind) {
      case PlanKind::kWalk:
        EnterFields(type, plan);
        break;
      case PlanKind::kNamesClass:
        plan->names = type->FindFieldByName("data_class");
        plan->reach = DataClassSet::All();
        break;
      case PlanKind::kFact:
        plan->names = type->FindFieldByName("fact");
        plan->reach = kFactClasses;
        break;
      case PlanKind::kLeaveAlone:
      case PlanKind::kOpaque:
        break;
    }
    return plan;
  }

  void EnterFields(const Descriptor* type, Plan* plan)
      CAREROUTE_REQUIRES(mutex_) {
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      FieldPlan entry{.field = field};
      entry.data_class =
          field->options().GetExtension(options::v1::field).data_class();
      if (field->message_type() != nullptr) {
        entry.child = Enter(field->message_type());
      }
      const bool child_decides =
          entry.child != nullptr && entry.child->kind != PlanKind::kOpaque;
      entry.never_shown =
          entry.data_class == model::v1::DATA_CLASS_UNSPECIFIED &&
          !child_decides;
      plan->reach.Add(entry.data_class);
      if (IsListOfClasses(field)) {
        plan->withheld = field;
      }
      plan->fields.push_back(entry);
    }
  }

  // Classes reach upwards until nothing changes. A plan that was complete
  // before stays as it is: all its types were known.
  void SpreadReach() CAREROUTE_REQUIRES(mutex_) {
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& [type, plan] : plans_) {
        for (const FieldPlan& field : plan->fields) {
          changed = Raise(field, plan.get()) || changed;
        }
      }
    }
  }

  static bool Raise(const FieldPlan& field, Plan* plan) {
    if (field.child == nullptr) {
      return false;
    }
    const DataClassSet reach = plan->reach.Or(field.child->reach);
    if (reach == plan->reach) {
      return false;  // not written: plans given out before are being read
    }
    plan->reach = reach;
    return true;
  }

  base::Mutex mutex_;
  absl::flat_hash_map<const Descriptor*, std::unique_ptr<Plan>> plans_
      CAREROUTE_GUARDED_BY(mutex_);
};

}  // namespace

const Plan& PlanFor(const Descriptor* type) {
  static auto* plans = new Plans;  // never destroyed: plans live for ever
  return plans->For(type);
}

}  // namespace careroute::access::internal
