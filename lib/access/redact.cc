#include "lib/access/redact.h"

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/unknown_field_set.h"
#include "lib/access/internal/redact_plan.h"

namespace careroute::access {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using internal::FieldPlan;
using internal::Plan;
using internal::PlanKind;
using model::v1::DataClass;

// What a fact of unknown class may be.
constexpr DataClassSet kUnknownFact = {model::v1::DATA_CLASS_SOCIAL,
                                       model::v1::DATA_CLASS_EDUCATION,
                                       model::v1::DATA_CLASS_MEDICAL};

bool IsPresent(const Message& message, const FieldDescriptor* field) {
  const Reflection* reflection = message.GetReflection();
  return field->is_repeated() ? reflection->FieldSize(message, field) > 0
                              : reflection->HasField(message, field);
}

// The classes a reader must be allowed for the message as a whole.
DataClassSet ClassesOfWhole(const Plan& plan, const Message& message,
                            FactClassOf fact_class) {
  const Reflection* reflection = message.GetReflection();
  if (plan.names == nullptr) {
    return DataClassSet::All();  // it says that it names its class, and cannot
  }
  if (plan.kind == PlanKind::kNamesClass) {
    const int named = reflection->GetEnumValue(message, plan.names);
    const DataClassSet one = {static_cast<DataClass>(named)};
    return one.empty() ? DataClassSet::All() : one;
  }
  std::string scratch;
  const DataClass declared =
      fact_class(reflection->GetStringReference(message, plan.names, &scratch));
  const DataClassSet one = {declared};
  return one.empty() ? kUnknownFact : one;
}

class Pass {
 public:
  Pass(DataClassSet allowed, FactClassOf fact_class)
      : allowed_(allowed), fact_class_(fact_class) {}

  void Walk(const Plan& plan, Message& message) {
    ClearUnknown(message);
    for (const FieldPlan& field : plan.fields) {
      if (IsPresent(message, field.field)) {
        WalkField(field, message);
      }
    }
    if (plan.withheld != nullptr) {
      TellWithheld(plan, message);
    }
  }

  // Whether the message as a whole may stay; walks into it if so.
  bool Keep(const Plan& plan, Message& message) {
    switch (plan.kind) {
      case PlanKind::kLeaveAlone:
      case PlanKind::kOpaque:
        return true;
      case PlanKind::kNamesClass:
      case PlanKind::kFact:
        return allowed_.ContainsAll(ClassesOfWhole(plan, message, fact_class_));
      case PlanKind::kWalk:
        Walk(plan, message);
        return true;
    }
    return false;
  }

 private:
  // Asking for a set to clear makes one in every message that has none, which
  // is nearly all of them.
  static void ClearUnknown(Message& message) {
    const Reflection* reflection = message.GetReflection();
    if (reflection->GetUnknownFields(message).empty()) {
      return;
    }
    reflection->MutableUnknownFields(&message)->Clear();
  }

  void WalkField(const FieldPlan& field, Message& message) {
    const Reflection* reflection = message.GetReflection();
    const bool has_class =
        field.data_class != model::v1::DATA_CLASS_UNSPECIFIED;
    if (field.never_shown ||
        (has_class && !allowed_.Contains(field.data_class))) {
      reflection->ClearField(&message, field.field);
      return;
    }
    if (field.child == nullptr) {
      return;
    }
    if (field.field->is_repeated()) {
      WalkList(field, message);
    } else if (!Keep(*field.child,
                     *reflection->MutableMessage(&message, field.field))) {
      reflection->ClearField(&message, field.field);
    }
  }

  // Moves those that stay to the front, in order, and drops the rest.
  void WalkList(const FieldPlan& field, Message& message) {
    const Reflection* reflection = message.GetReflection();
    const int size = reflection->FieldSize(message, field.field);
    int kept = 0;
    for (int i = 0; i < size; ++i) {
      if (!Keep(*field.child, *reflection->MutableRepeatedMessage(
                                  &message, field.field, i))) {
        continue;
      }
      if (kept != i) {
        reflection->SwapElements(&message, field.field, kept, i);
      }
      ++kept;
    }
    for (int i = kept; i < size; ++i) {
      reflection->RemoveLast(&message, field.field);
    }
  }

  void TellWithheld(const Plan& plan, Message& message) const {
    const Reflection* reflection = message.GetReflection();
    reflection->ClearField(&message, plan.withheld);
    plan.reach.Without(allowed_).ForEach([&](DataClass one) {
      reflection->AddEnumValue(&message, plan.withheld, one);
    });
  }

  DataClassSet allowed_;
  FactClassOf fact_class_;
};

// The same walk, reading only.
class Census {
 public:
  explicit Census(FactClassOf fact_class) : fact_class_(fact_class) {}

  void Count(const Plan& plan, const Message& message) {
    switch (plan.kind) {
      case PlanKind::kLeaveAlone:
      case PlanKind::kOpaque:
        return;
      case PlanKind::kNamesClass:
      case PlanKind::kFact:
        seen_ = seen_.Or(ClassesOfWhole(plan, message, fact_class_));
        return;
      case PlanKind::kWalk:
        for (const FieldPlan& field : plan.fields) {
          CountField(field, message);
        }
    }
  }

  [[nodiscard]] DataClassSet seen() const { return seen_; }

 private:
  void CountField(const FieldPlan& field, const Message& message) {
    if (!IsPresent(message, field.field)) {
      return;
    }
    seen_.Add(field.data_class);
    if (field.never_shown) {
      seen_ = DataClassSet::All();
    }
    if (field.child == nullptr) {
      return;
    }
    const Reflection* reflection = message.GetReflection();
    if (!field.field->is_repeated()) {
      return Count(*field.child, reflection->GetMessage(message, field.field));
    }
    const int size = reflection->FieldSize(message, field.field);
    for (int i = 0; i < size; ++i) {
      Count(*field.child,
            reflection->GetRepeatedMessage(message, field.field, i));
    }
  }

  FactClassOf fact_class_;
  DataClassSet seen_;
};

}  // namespace

model::v1::DataClass UnknownFactClass(absl::string_view /*fact*/) {
  return model::v1::DATA_CLASS_UNSPECIFIED;
}

void Redact(DataClassSet allowed, FactClassOf fact_class, Message& message) {
  const Plan& plan = internal::PlanFor(message.GetDescriptor());
  if (!Pass(allowed, fact_class).Keep(plan, message)) {
    message.Clear();
  }
}

DataClassSet ClassesIn(const Message& message, FactClassOf fact_class) {
  Census census(fact_class);
  census.Count(internal::PlanFor(message.GetDescriptor()), message);
  return census.seen();
}

}  // namespace careroute::access
