#include <regex>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "tests/proto_style/report.h"
#include "tests/proto_style/rules.h"

namespace careroute::proto_style {
namespace {

namespace pb = google::protobuf;

constexpr char kPackages[] =
    "careroute\\.(api|command|config|event|exchange|model|options|testing)"
    "\\.v[1-9][0-9]*";
constexpr char kSnake[] = "[a-z][a-z0-9]*(_[a-z0-9]+)*";
constexpr char kUpperSnake[] = "[A-Z][A-Z0-9]*(_[A-Z0-9]+)*";
constexpr char kCamel[] = "[A-Z][A-Za-z0-9]*";

bool Fits(const std::string& name, const char* pattern) {
  return std::regex_match(name, std::regex(pattern));
}

// "ReferralState" -> "REFERRAL_STATE_".
std::string EnumPrefix(absl::string_view name) {
  std::string prefix;
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    if (absl::ascii_isupper(letter) && !prefix.empty()) {
      prefix.push_back('_');
    }
    prefix.push_back(absl::ascii_toupper(letter));
  }
  return prefix + "_";
}

template <typename D>
void NeedsForm(const D& element, const char* pattern, absl::string_view form,
               base::Problems& problems) {
  if (!Fits(element.name(), pattern)) {
    Report(problems, element,
           {.reason = "NAME_FORM",
            .message = absl::StrCat("is not ", form),
            .mend = "rename it"});
  }
}

template <typename D>
void NeedsReservedNames(const D& type, base::Problems& problems) {
  if (type.reserved_range_count() > 0 && type.reserved_name_count() == 0) {
    Report(problems, type,
           {.reason = "RESERVED_NAME",
            .message = "reserves numbers but no names",
            .mend = "reserve the names of what was removed as well"});
  }
}

}  // namespace

void PackagesFollowFolders(const Schema& schema, base::Problems& problems) {
  for (const pb::FileDescriptor* file : schema.files()) {
    const std::string folder =
        absl::StrReplaceAll(file->package(), {{".", "/"}}) + "/";
    if (Fits(file->package(), kPackages) &&
        absl::StartsWith(file->name(), folder)) {
      continue;
    }
    base::Problem problem;
    problem.path = file->package();
    problem.file = absl::StrCat("proto/", file->name());
    problem.line = 1;
    problem.reason = "PACKAGE";
    problem.message = "the package is unknown or not that of the folder";
    problem.mend = "careroute/model/v1/x.proto has careroute.model.v1";
    problems.Add(problem);
  }
}

void NamesAreWellFormed(const Schema& schema, base::Problems& problems) {
  for (const pb::FileDescriptor* file : schema.files()) {
    for (int i = 0; i < file->service_count(); ++i) {
      NeedsForm(*file->service(i), "[A-Z][A-Za-z0-9]*Service",
                "CamelCase with Service at the end", problems);
    }
  }
  schema.ForEachMethod([&](const pb::MethodDescriptor& method) {
    NeedsForm(method, kCamel, "CamelCase", problems);
  });
  schema.ForEachMessage([&](const pb::Descriptor& message) {
    NeedsForm(message, kCamel, "CamelCase", problems);
    for (int i = 0; i < message.real_oneof_decl_count(); ++i) {
      NeedsForm(*message.oneof_decl(i), kSnake, "snake_case", problems);
    }
  });
  schema.ForEachField([&](const pb::FieldDescriptor& field) {
    NeedsForm(field, kSnake, "snake_case", problems);
  });
  schema.ForEachEnum([&](const pb::EnumDescriptor& type) {
    NeedsForm(type, kCamel, "CamelCase", problems);
    for (int i = 0; i < type.value_count(); ++i) {
      NeedsForm(*type.value(i), kUpperSnake, "UPPER_SNAKE_CASE", problems);
    }
  });
}

void EnumsArePrefixed(const Schema& schema, base::Problems& problems) {
  schema.ForEachEnum([&](const pb::EnumDescriptor& type) {
    const std::string prefix = EnumPrefix(type.name());
    const std::string zero = prefix + "UNSPECIFIED";
    if (type.value(0)->name() != zero) {
      Report(problems, *type.value(0),
             {.reason = "ENUM_NAMES",
              .message = "the value 0 has another name than usual",
              .mend = absl::StrCat("name it ", zero)});
    }
    for (int i = 1; i < type.value_count(); ++i) {
      if (!absl::StartsWith(type.value(i)->name(), prefix)) {
        Report(problems, *type.value(i),
               {.reason = "ENUM_NAMES",
                .message = "does not begin with the name of its enum",
                .mend = absl::StrCat("begin it with ", prefix)});
      }
    }
  });
}

void TimesEndInTime(const Schema& schema, base::Problems& problems) {
  schema.ForEachField([&](const pb::FieldDescriptor& field) {
    const bool is_time =
        field.message_type() != nullptr &&
        field.message_type()->full_name() == "google.protobuf.Timestamp";
    const bool says_time =
        field.name() == "time" || absl::EndsWith(field.name(), "_time") ||
        (field.is_repeated() && absl::EndsWith(field.name(), "_times"));
    if (is_time != says_time) {
      Report(problems, field,
             {.reason = "TIME_SUFFIX",
              .message = is_time ? "is an instant, and does not say so"
                                 : "is called a time, and is no Timestamp",
              .mend = "a Timestamp, and nothing else, ends in _time"});
    }
  });
}

void ReservedNumbersHaveNames(const Schema& schema, base::Problems& problems) {
  schema.ForEachMessage([&](const pb::Descriptor& message) {
    NeedsReservedNames(message, problems);
  });
  schema.ForEachEnum([&](const pb::EnumDescriptor& type) {
    NeedsReservedNames(type, problems);
  });
}

}  // namespace careroute::proto_style
