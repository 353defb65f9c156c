#include "tests/proto_style/reach.h"
#include "tests/proto_style/report.h"
#include "tests/proto_style/rules.h"

namespace careroute::proto_style {
namespace {

namespace pb = google::protobuf;
namespace model = careroute::model::v1;

// For a message that says its class is the value of its field data_class.
void NeedsClassField(const pb::Descriptor& message, base::Problems& problems) {
  const pb::FieldDescriptor* field = message.FindFieldByName("data_class");
  if (field == nullptr || field->enum_type() == nullptr ||
      field->enum_type()->full_name() != "careroute.model.v1.DataClass") {
    Report(problems, message,
           {.reason = "DATA_CLASS",
            .message = "takes its class from a field it does not have",
            .mend = "give it a DataClass data_class, or drop the option"});
  }
}

void NeedsClasses(const pb::Descriptor& message, base::Problems& problems) {
  for (int i = 0; i < message.field_count(); ++i) {
    const pb::FieldDescriptor& field = *message.field(i);
    if (OurMessage(field) == nullptr &&
        OptionsOf(field).data_class() == model::DATA_CLASS_UNSPECIFIED) {
      Report(problems, field,
             {.reason = "DATA_CLASS",
              .message = "can be read in a reply and has no data class",
              .mend = "give it one, or its message no_person_data"});
    }
  }
}

}  // namespace

void RepliesCarryDataClasses(const Schema& schema, base::Problems& problems) {
  for (const pb::Descriptor* message : Replies(schema)) {
    if (OptionsOf(*message).class_from_field()) {
      NeedsClassField(*message, problems);
    } else if (!OptionsOf(*message).no_person_data()) {
      NeedsClasses(*message, problems);
    }
  }
}

void NoPersonDataHoldsBelow(const Schema& schema, base::Problems& problems) {
  schema.ForEachField([&](const pb::FieldDescriptor& field) {
    const model::DataClass data_class = OptionsOf(field).data_class();
    if (!OptionsOf(*field.containing_type()).no_person_data() ||
        data_class == model::DATA_CLASS_ROUTE) {
      return;  // ROUTE: somebody looked, and says what it is
    }
    const pb::Descriptor* below = OurMessage(field);
    if (data_class != model::DATA_CLASS_UNSPECIFIED ||
        (below != nullptr && !OptionsOf(*below).no_person_data())) {
      Report(problems, field,
             {.reason = "NO_PERSON_DATA",
              .message = "may hold a person's data in a message that says it "
                         "has none",
              .mend = "drop no_person_data above, or say it below as well, or "
                      "give the field the class ROUTE"});
    }
  });
}

}  // namespace careroute::proto_style
