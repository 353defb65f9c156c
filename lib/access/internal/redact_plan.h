// lib/access/internal/redact_plan.h: how messages of one type are walked,
// worked out once from the options of its fields.

#ifndef CAREROUTE_LIB_ACCESS_INTERNAL_REDACT_PLAN_H_
#define CAREROUTE_LIB_ACCESS_INTERNAL_REDACT_PLAN_H_

#include <cstdint>
#include <vector>

#include "careroute/model/v1/data_class.pb.h"
#include "google/protobuf/descriptor.h"
#include "lib/access/data_class_set.h"

namespace careroute::access::internal {

enum class PlanKind : std::uint8_t {
  kLeaveAlone,  // no data of a person can be in it
  kWalk,        // field by field
  kNamesClass,  // the class of the whole is the value of its field data_class
  kFact,        // the class of the whole is that of the declared fact
  kOpaque,      // a type of another project: only the field it is in counts
};

struct Plan;

struct FieldPlan {
  const google::protobuf::FieldDescriptor* field = nullptr;
  // UNSPECIFIED: the field has none of its own. For a message that is walked
  // its fields decide; anything else is then never shown.
  model::v1::DataClass data_class = model::v1::DATA_CLASS_UNSPECIFIED;
  const Plan* child = nullptr;  // null for scalars
  // Without a class and without a child to decide: removed for everybody.
  bool never_shown = false;
};

struct Plan {
  PlanKind kind = PlanKind::kWalk;
  std::vector<FieldPlan> fields;  // for kWalk
  // The field that names the class (kNamesClass) or the fact (kFact).
  const google::protobuf::FieldDescriptor* names = nullptr;
  // The list of what is withheld; null when the type has none.
  const google::protobuf::FieldDescriptor* withheld = nullptr;
  // Every class a message of this type can hold, at any depth.
  DataClassSet reach;
};

// Lives for ever. Thread-safe.
[[nodiscard]] const Plan& PlanFor(const google::protobuf::Descriptor* type);

}  // namespace careroute::access::internal

#endif  // CAREROUTE_LIB_ACCESS_INTERNAL_REDACT_PLAN_H_
