// lib/access/redact.h: the one pass that removes what a verdict withholds.
//
// Each field of a message about a person carries its data class as an option.
// Redact walks any message by reflection and removes every field whose class is
// not allowed. It fails closed: a field without a class, a class this release
// does not know, an unknown field of a newer release are removed too, except in
// messages marked no_person_data, which it leaves alone.
//
//   access::Redact(verdict.classes, {.fact_class = class_of}, response);
//
// A message with a list `withheld` is told which of the classes its type can
// hold are not shown. The list follows from the type alone: one that named only
// what was there and taken away would tell a kindergarten that there is a
// diagnosis.
//
// Thread-safe. How a type is walked is worked out once and kept.

#ifndef CAREROUTE_LIB_ACCESS_REDACT_H_
#define CAREROUTE_LIB_ACCESS_REDACT_H_

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "careroute/model/v1/data_class.pb.h"
#include "google/protobuf/message.h"
#include "lib/access/data_class_set.h"

namespace careroute::access {

// The class of a declared fact, by the edition it is declared in; UNSPECIFIED
// when the edition does not declare it.
using FactClassOf =
    absl::FunctionRef<model::v1::DataClass(absl::string_view fact)>;

// For callers who have no edition at hand. A fact of unknown class is shown
// only to who may see every class a fact can have: social, education, medical.
[[nodiscard]] model::v1::DataClass UnknownFactClass(absl::string_view fact);

// Removes from `message` whatever `allowed` does not cover. A fact, or a
// message that names its class itself (class_from_field), goes as a whole.
void Redact(DataClassSet allowed, FactClassOf fact_class,
            google::protobuf::Message& message);

// The classes of what is in `message`, for the access log. Whatever has no
// class counts as every class.
[[nodiscard]] DataClassSet ClassesIn(const google::protobuf::Message& message,
                                     FactClassOf fact_class);

}  // namespace careroute::access

#endif  // CAREROUTE_LIB_ACCESS_REDACT_H_
