#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "careroute/options/v1/options.pb.h"
#include "tests/proto_style/report.h"
#include "tests/proto_style/rules.h"

namespace careroute::proto_style {
namespace {

namespace pb = google::protobuf;
namespace options = careroute::options::v1;

// A method that begins with one of these changes nothing.
constexpr absl::string_view kReadingVerbs[] = {
    "Get",     "List",    "Find",  "Check", "Match",
    "Explain", "Compare", "Score", "Watch", "Verify"};

// Hubs among themselves tell repeats by what envelopes and batches say.
constexpr absl::string_view kBetweenHubs = "careroute.exchange.";

// The verb is a whole word: "ListCases", not "Listen".
bool BeginsWith(absl::string_view name, absl::string_view verb) {
  return absl::StartsWith(name, verb) &&
         (name.size() == verb.size() ||
          absl::ascii_isupper(static_cast<unsigned char>(name[verb.size()])));
}

bool Reads(const pb::MethodDescriptor& method) {
  return std::any_of(
      std::begin(kReadingVerbs), std::end(kReadingVerbs),
      [&](absl::string_view verb) { return BeginsWith(method.name(), verb); });
}

bool HasField(const pb::Descriptor& message, const std::string& name,
              pb::FieldDescriptor::Type type) {
  const pb::FieldDescriptor* field = message.FindFieldByName(name);
  return field != nullptr && field->type() == type && !field->is_repeated();
}

bool HasRequestId(const pb::Descriptor& request) {
  const pb::FieldDescriptor* field = request.FindFieldByName("request_id");
  return HasField(request, "request_id", pb::FieldDescriptor::TYPE_STRING) &&
         field->options().GetExtension(options::field).format() ==
             options::STRING_FORMAT_UUID;
}

bool HasRepeatedField(const pb::Descriptor& message) {
  for (int i = 0; i < message.field_count(); ++i) {
    if (message.field(i)->is_repeated()) {
      return true;
    }
  }
  return false;
}

}  // namespace

void OneServiceAFile(const Schema& schema, base::Problems& problems) {
  for (const pb::FileDescriptor* file : schema.files()) {
    for (int i = 1; i < file->service_count(); ++i) {
      Report(problems, *file->service(i),
             {.reason = "ONE_SERVICE",
              .message = "is not the only service of its file",
              .mend = "give it a file of its own"});
    }
  }
}

void MethodsOwnTheirMessages(const Schema& schema, base::Problems& problems) {
  schema.ForEachMethod([&](const pb::MethodDescriptor& method) {
    const pb::Descriptor& request = *method.input_type();
    const pb::Descriptor& response = *method.output_type();
    const std::string& package = FileOf(method).package();
    const bool owned = request.name() == method.name() + "Request" &&
                       response.name() == method.name() + "Response" &&
                       request.file()->package() == package &&
                       response.file()->package() == package;
    if (!owned) {
      Report(problems, method,
             {.reason = "OWN_MESSAGES",
              .message = "shares its request or response",
              .mend = absl::StrCat("give it ", method.name(), "Request and ",
                                   method.name(),
                                   "Response; the resource is a field")});
    }
  });
}

void MutationsHaveRequestId(const Schema& schema, base::Problems& problems) {
  schema.ForEachMethod([&](const pb::MethodDescriptor& method) {
    if (absl::StartsWith(method.full_name(), kBetweenHubs)) return;
    const bool changes = !Reads(method);
    if (changes != method.options().GetExtension(options::method).mutation()) {
      Report(problems, method,
             {.reason = "REQUEST_ID",
              .message = changes ? "changes something, and does not say so"
                                 : "reads, and says that it changes something",
              .mend = "let the verb and (method).mutation agree"});
    }
    if (changes != HasRequestId(*method.input_type())) {
      Report(problems, method,
             {.reason = "REQUEST_ID",
              .message = changes ? "changes something without a request_id"
                                 : "reads, and asks for a request_id",
              .mend = "a mutation, and nothing else, has a string request_id "
                      "of the format UUID"});
    }
  });
}

void ListsHavePages(const Schema& schema, base::Problems& problems) {
  schema.ForEachMethod([&](const pb::MethodDescriptor& method) {
    if (!BeginsWith(method.name(), "List")) {
      return;
    }
    const pb::Descriptor& request = *method.input_type();
    const pb::Descriptor& response = *method.output_type();
    if (HasField(request, "page_size", pb::FieldDescriptor::TYPE_INT32) &&
        HasField(request, "page_token", pb::FieldDescriptor::TYPE_STRING) &&
        HasField(response, "next_page_token",
                 pb::FieldDescriptor::TYPE_STRING) &&
        HasRepeatedField(response)) {
      return;
    }
    Report(problems, method,
           {.reason = "PAGES",
            .message = "lists without pages",
            .mend = "int32 page_size and string page_token in the request, "
                    "the rows and string next_page_token in the response"});
  });
}

void OnlyWatchesStream(const Schema& schema, base::Problems& problems) {
  schema.ForEachMethod([&](const pb::MethodDescriptor& method) {
    const bool watches = BeginsWith(method.name(), "Watch");
    if (method.client_streaming() || method.server_streaming() != watches) {
      Report(problems, method,
             {.reason = "STREAM",
              .message = watches ? "watches without a stream"
                                 : "streams, and is no watch",
              .mend = "a Watch method, and nothing else, streams its "
                      "response"});
    }
  });
}

void CommandsCarryNoEnvelope(const Schema& schema, base::Problems& problems) {
  schema.ForEachField([&](const pb::FieldDescriptor& field) {
    if (!absl::StartsWith(field.file()->package(), "careroute.command.")) {
      return;
    }
    for (const absl::string_view name :
         {"request_id", "etag", "validate_only"}) {
      if (field.name() == name) {
        Report(problems, field,
               {.reason = "ENVELOPE",
                .message = "belongs to a request, not to a command",
                .mend = "move it to the request of the method"});
      }
    }
  });
}

}  // namespace careroute::proto_style
