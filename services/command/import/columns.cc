#include "services/command/import/columns.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace careroute::services {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Timestamp;

// Fields of command.v1.RegisterPerson.
const std::vector<Column>& ColumnsOfAPerson() {
  static const auto& columns = *new std::vector<Column>{
      {"family_name", "identity.family_name"},
      {"given_name", "identity.given_name"},
      {"middle_name", "identity.middle_name"},
      {"birth_date", "identity.birth_date"},
      {"snils", "identity.snils"},
      {"policy_number", "identity.policy_number"},
      {"phones", "identity.phones"},
      {"document_kind", "identity.documents[0].kind"},
      {"document_number", "identity.documents[0].number"},
      {"document_issued_by", "identity.documents[0].issued_by"},
      {"document_issued_on", "identity.documents[0].issued_on"},
      {"registered_region", "identity.registered_at.region"},
      {"registered_district", "identity.registered_at.district"},
      {"registered_settlement", "identity.registered_at.settlement"},
      {"registered_line", "identity.registered_at.line"},
      {"stays_region", "identity.stays_at.region"},
      {"stays_district", "identity.stays_at.district"},
      {"stays_settlement", "identity.stays_at.settlement"},
      {"stays_line", "identity.stays_at.line"},
      {"mother", "identity.mother"},
      {"birth_order", "identity.birth_order"},
      {"gestation_weeks", "identity.gestation_weeks"},
      {"language", "needs.language"},
      {"access_needs", "needs.access"},
      {"reach_by", "needs.reach_by"},
      {"speak_with", "needs.speak_with"},
      {"do_not_speak_with", "needs.do_not_speak_with"},
      {"needs_note", "needs.note"},
      {"representative", "representatives[0].person"},
      {"representative_organisation", "representatives[0].organisation"},
      {"representative_basis", "representatives[0].basis"},
      {"representative_document", "representatives[0].document.kind"},
      {"representative_from", "representatives[0].from"},
      {"representative_to", "representatives[0].to"}};
  return columns;
}

// `own`, and those of the person the request describes below `person`.
std::vector<Column> WithPerson(std::vector<Column> own,
                               const std::string& person) {
  for (const Column& one : ColumnsOfAPerson()) {
    own.push_back({one.name, absl::StrCat(person, ".", one.path)});
  }
  return own;
}

// One part of a path: a field, and the place in it when it is a list.
struct Part {
  std::string field;
  bool listed = false;  // "[0]"
};

std::vector<Part> PartsOf(const std::string& path) {
  std::vector<Part> parts;
  for (absl::string_view word : absl::StrSplit(path, '.')) {
    const bool listed = absl::ConsumeSuffix(&word, "[0]");
    parts.push_back({.field = std::string(word), .listed = listed});
  }
  return parts;
}

// The message the last part of the path belongs to.
Message* Descend(const std::vector<Part>& parts, Message& request) {
  Message* message = &request;
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    const FieldDescriptor* const field =
        message->GetDescriptor()->FindFieldByName(parts[i].field);
    const auto& reflection = *message->GetReflection();
    if (!parts[i].listed) {
      message = reflection.MutableMessage(message, field);
    } else if (reflection.FieldSize(*message, field) > 0) {
      message = reflection.MutableRepeatedMessage(message, field, 0);
    } else {
      message = reflection.AddMessage(message, field);
    }
  }
  return message;
}

// What the values of an enum begin with: that of the zero without its last
// word, "WORD_GIVEN_" of WORD_GIVEN_UNSPECIFIED.
std::string BeginningOf(const EnumDescriptor& type) {
  absl::string_view zero = type.FindValueByNumber(0)->name();
  absl::ConsumeSuffix(&zero, "UNSPECIFIED");
  return std::string(zero);
}

const EnumValueDescriptor* FindWord(const EnumDescriptor& type,
                                    absl::string_view text) {
  const std::string word =
      absl::AsciiStrToUpper(absl::StrReplaceAll(text, {{"-", "_"}}));
  const EnumValueDescriptor* const whole = type.FindValueByName(word);
  return whole != nullptr
             ? whole
             : type.FindValueByName(absl::StrCat(BeginningOf(type), word));
}

std::string WordsOf(const EnumDescriptor& type) {
  const std::string beginning = BeginningOf(type);
  std::string words;
  for (int i = 0; i < type.value_count(); ++i) {
    absl::string_view word = type.value(i)->name();
    if (type.value(i)->number() == 0) continue;
    absl::ConsumePrefix(&word, beginning);
    absl::StrAppend(&words, words.empty() ? "" : ", ",
                    absl::AsciiStrToLower(word));
  }
  return words;
}

// The field a text goes into, and where.
struct Place {
  Message& message;
  const FieldDescriptor& field;
  base::Problems& problems;
  const std::string& path;
};

void NotOne(const Place& place, absl::string_view reason,
            absl::string_view message, absl::string_view mend) {
  place.problems.Error(place.path, reason, message, mend);
}

void PutWord(const Place& place, absl::string_view text) {
  const EnumValueDescriptor* const word =
      FindWord(*place.field.enum_type(), text);
  if (word == nullptr || word->number() == 0) {
    return NotOne(
        place, "UNKNOWN_WORD", "is none of the words that are known",
        absl::StrCat("write one of ", WordsOf(*place.field.enum_type())));
  }
  const auto& reflection = *place.message.GetReflection();
  if (place.field.is_repeated()) {
    reflection.AddEnum(&place.message, &place.field, word);
  } else {
    reflection.SetEnum(&place.message, &place.field, word);
  }
}

void PutText(const Place& place, absl::string_view text) {
  const auto& reflection = *place.message.GetReflection();
  if (place.field.is_repeated()) {
    reflection.AddString(&place.message, &place.field, std::string(text));
  } else {
    reflection.SetString(&place.message, &place.field, std::string(text));
  }
}

void PutNumber(const Place& place, absl::string_view text) {
  int32_t number = 0;
  if (!absl::SimpleAtoi(text, &number)) {
    return NotOne(place, "NOT_A_NUMBER", "is no whole number",
                  "write digits only");
  }
  place.message.GetReflection()->SetInt32(&place.message, &place.field, number);
}

void PutTime(const Place& place, absl::string_view text) {
  absl::Time time;
  std::string ignored;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &ignored)) {
    return NotOne(place, "NOT_A_TIME", "is no time with its offset",
                  "write it as 2026-03-02T10:00:00+10:00");
  }
  Timestamp stamp;
  stamp.set_seconds(absl::ToUnixSeconds(time));
  place.message.GetReflection()
      ->MutableMessage(&place.message, &place.field)
      ->CopyFrom(stamp);
}

void Put(const Place& place, absl::string_view text) {
  switch (place.field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return PutWord(place, text);
    case FieldDescriptor::CPPTYPE_INT32:
      return PutNumber(place, text);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return PutTime(place, text);
    default:
      return PutText(place, text);
  }
}

}  // namespace

const std::vector<Column>& PersonColumns() {
  static const auto& columns = *new std::vector<Column>(
      WithPerson({{"request_id", "request_id"}}, "command"));
  return columns;
}

const std::vector<Column>& CaseColumns() {
  static const auto& columns = *new std::vector<Column>(WithPerson(
      {{"request_id", "request_id"},
       {"pathway", "pathway"},
       {"entry", "entry"},
       {"happened_time", "happened_time"},
       {"word_given", "word_given"},
       {"flags", "flags"},
       {"note", "note"},
       {"criterion", "criteria[0].criterion"},
       {"criterion_document", "criteria[0].document.kind"},
       {"criterion_document_number", "criteria[0].document.number"},
       {"criterion_document_issued_on", "criteria[0].document.issued_on"}},
      "person"));
  return columns;
}

const Column* FindColumn(const std::vector<Column>& columns,
                         absl::string_view name) {
  const auto found =
      std::find_if(columns.begin(), columns.end(),
                   [name](const Column& one) { return one.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

std::string ColumnOfPath(const std::vector<Column>& columns,
                         const std::string& path) {
  for (const Column& one : columns) {
    // A list is complained of by its element too: "phones[1]".
    if (path == one.path || absl::EndsWith(one.path, absl::StrCat(".", path)) ||
        absl::StartsWith(path, absl::StrCat(one.path, "["))) {
      return one.name;
    }
  }
  return path;
}

void SetColumn(const Column& column, const std::string& text, Message& request,
               base::Problems& problems) {
  const std::vector<Part> parts = PartsOf(column.path);
  Message* const message = Descend(parts, request);
  const FieldDescriptor* const field =
      message->GetDescriptor()->FindFieldByName(parts.back().field);
  const Place place{*message, *field, problems, column.path};
  if (!field->is_repeated()) return Put(place, text);
  for (const absl::string_view one : absl::StrSplit(text, ';')) {
    Put(place, absl::StripAsciiWhitespace(one));
  }
}

}  // namespace careroute::services
