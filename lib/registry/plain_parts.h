// lib/registry/plain_parts.h: what is sealed of a person, class by class.
//
// A person's record mixes data of several classes: a name is IDENTITY, a
// telephone CONTACT, weeks of pregnancy MEDICAL. Each field's own rule
// (options.v1.field.data_class) says which; here a whole part is cut along
// these rules, so that every class is sealed apart and a reader who may see
// one class never opens another. Joining the cut parts gives the whole again.
//
//   for (const PlainClassPart& cut : SplitPart(whole)) seal(cut) ...
//   event::v1::PlainPart again;
//   for (const PlainClassPart& cut : opened) JoinPart(cut.part, again);

#ifndef CAREROUTE_LIB_REGISTRY_PLAIN_PARTS_H_
#define CAREROUTE_LIB_REGISTRY_PLAIN_PARTS_H_

#include <vector>

#include "careroute/event/v1/header.pb.h"
#include "careroute/model/v1/data_class.pb.h"
#include "google/protobuf/message.h"

namespace careroute::registry {

// One class of an event in the plain.
struct PlainClassPart {
  model::v1::DataClass data_class = model::v1::DATA_CLASS_UNSPECIFIED;
  event::v1::PlainPart part;
};

// One part for each class that has something, in the order of classes. Fields
// of class ROUTE inside travel with the class their message mostly is: carers
// with SOCIAL, needs with NEEDS, everything else with IDENTITY. Elements of
// repeated messages keep their places in every part.
[[nodiscard]] std::vector<PlainClassPart> SplitPart(
    const event::v1::PlainPart& whole);

// Adds what `part` holds to `whole`, element by element; some parts may be
// missing, because the reader may not open them.
void JoinPart(const event::v1::PlainPart& part, event::v1::PlainPart& whole);

// Clears every field of another class than ROUTE, also in messages within:
// what of a representative or document may stand in the clear.
void KeepClearFields(google::protobuf::Message& message);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_PLAIN_PARTS_H_
