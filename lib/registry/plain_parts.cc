#include "lib/registry/plain_parts.h"

#include <memory>
#include <set>
#include <utility>

#include "careroute/options/v1/options.pb.h"

namespace careroute::registry {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using model::v1::DataClass;

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// A field of PlainPart and the class its ROUTE fields travel with.
struct Home {
  int field;
  DataClass data_class;
};

constexpr Home kHomes[] = {
    {event::v1::PlainPart::kDocumentsFieldNumber,
     model::v1::DATA_CLASS_IDENTITY},
    {event::v1::PlainPart::kIdentityFieldNumber,
     model::v1::DATA_CLASS_IDENTITY},
    {event::v1::PlainPart::kNeedsFieldNumber, model::v1::DATA_CLASS_NEEDS},
    {event::v1::PlainPart::kCarersFieldNumber, model::v1::DATA_CLASS_SOCIAL},
};

// Where the ROUTE fields within `field` travel, given where its message does.
DataClass HomeOf(const FieldDescriptor& field, DataClass message_home) {
  if (field.containing_type() != event::v1::PlainPart::descriptor()) {
    return message_home;
  }
  for (const Home& home : kHomes) {
    if (home.field == field.number()) {
      return home.data_class;
    }
  }
  return message_home;
}

// The field's own class; its home when it states none or ROUTE.
DataClass ClassOf(const FieldDescriptor& field, DataClass message_home) {
  const DataClass stated =
      field.options().GetExtension(options::v1::field).data_class();
  const bool own = stated != model::v1::DATA_CLASS_UNSPECIFIED &&
                   stated != model::v1::DATA_CLASS_ROUTE;
  return own ? stated : HomeOf(field, message_home);
}

// The elements of a repeated message field, or the one of a singular.
int ElementCount(const Message& message, const FieldDescriptor& field) {
  return field.is_repeated()
             ? message.GetReflection()->FieldSize(message, &field)
             : 1;
}

const Message& Element(const Message& message, const FieldDescriptor& field,
                       int i) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, i)
                             : reflection.GetMessage(message, &field);
}

Message& MutableElement(Message& message, const FieldDescriptor& field, int i) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated()
             ? *reflection.MutableRepeatedMessage(&message, &field, i)
             : *reflection.MutableMessage(&message, &field);
}

void CollectClasses(const Message& message, DataClass home,
                    std::set<DataClass>& classes) {
  for (const FieldDescriptor* field : SetFields(message)) {
    const DataClass own = ClassOf(*field, home);
    if (!IsMessage(*field)) {
      classes.insert(own);
      continue;
    }
    for (int i = 0; i < ElementCount(message, *field); ++i) {
      CollectClasses(Element(message, *field, i), own, classes);
    }
  }
}

// True when something of `wanted` is left.
bool KeepClass(DataClass wanted, DataClass home, Message& message) {
  bool any = false;
  for (const FieldDescriptor* field : SetFields(message)) {
    const DataClass own = ClassOf(*field, home);
    bool kept = !IsMessage(*field) && own == wanted;
    if (IsMessage(*field)) {
      for (int i = 0; i < ElementCount(message, *field); ++i) {
        kept |= KeepClass(wanted, own, MutableElement(message, *field, i));
      }
    }
    if (!kept) {
      message.GetReflection()->ClearField(&message, field);
    }
    any |= kept;
  }
  return any;
}

void JoinMessage(const Message& from, Message& into);

void JoinElements(const Message& from, const FieldDescriptor& field,
                  Message& into) {
  const Reflection& reflection = *into.GetReflection();
  for (int i = 0; i < ElementCount(from, field); ++i) {
    if (field.is_repeated() && i >= reflection.FieldSize(into, &field)) {
      reflection.AddMessage(&into, &field);
    }
    JoinMessage(Element(from, field, i), MutableElement(into, field, i));
  }
}

// Each scalar stands in one part alone, so that copying it never overwrites
// another part's.
void JoinScalar(const Message& from, const FieldDescriptor& field,
                Message& into) {
  const std::unique_ptr<Message> only(from.New());
  only->CopyFrom(from);
  for (const FieldDescriptor* other : SetFields(from)) {
    if (other != &field) {
      only->GetReflection()->ClearField(only.get(), other);
    }
  }
  into.GetReflection()->ClearField(&into, &field);
  into.MergeFrom(*only);
}

void JoinMessage(const Message& from, Message& into) {
  for (const FieldDescriptor* field : SetFields(from)) {
    if (!IsMessage(*field)) {
      JoinScalar(from, *field, into);
    } else {
      JoinElements(from, *field, into);
    }
  }
}

}  // namespace

std::vector<PlainClassPart> SplitPart(const event::v1::PlainPart& whole) {
  std::set<DataClass> classes;
  CollectClasses(whole, model::v1::DATA_CLASS_IDENTITY, classes);
  std::vector<PlainClassPart> parts;
  for (const DataClass wanted : classes) {
    PlainClassPart cut = {.data_class = wanted, .part = whole};
    (void)KeepClass(wanted, model::v1::DATA_CLASS_IDENTITY, cut.part);
    parts.push_back(std::move(cut));
  }
  return parts;
}

void JoinPart(const event::v1::PlainPart& part, event::v1::PlainPart& whole) {
  JoinMessage(part, whole);
}

void KeepClearFields(Message& message) {
  (void)KeepClass(model::v1::DATA_CLASS_ROUTE, model::v1::DATA_CLASS_ROUTE,
                  message);
}

}  // namespace careroute::registry
