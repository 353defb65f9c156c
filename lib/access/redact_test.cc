#include "lib/access/redact.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "careroute/event/v1/case_event.pb.h"
#include "careroute/model/v1/case.pb.h"
#include "careroute/model/v1/directory.pb.h"
#include "careroute/model/v1/fact.pb.h"
#include "careroute/model/v1/person.pb.h"
#include "careroute/model/v1/referral.pb.h"
#include "careroute/model/v1/route.pb.h"
#include "careroute/options/v1/options.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "gtest/gtest.h"

namespace careroute::access {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using model::v1::DataClass;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr DataClassSet kRouteOnly = {model::v1::DATA_CLASS_ROUTE};

// --- Every type of the contract ---------------------------------------------

// All message types that callers can be sent.
std::vector<const Descriptor*> AllTypes() {
  std::vector<const Descriptor*> types;
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  for (const char* file : {"api/v1/audit_service",
                           "api/v1/case_service",
                           "api/v1/consent_service",
                           "api/v1/directory_service",
                           "api/v1/pathway_service",
                           "api/v1/referral_service",
                           "api/v1/registry_service",
                           "command/v1/case_command",
                           "command/v1/person_command",
                           "command/v1/referral_command",
                           "event/v1/case_event",
                           "event/v1/consequences",
                           "event/v1/header",
                           "event/v1/person_event",
                           "event/v1/referral_event",
                           "model/v1/actor",
                           "model/v1/case",
                           "model/v1/consent",
                           "model/v1/document",
                           "model/v1/fact",
                           "model/v1/needs",
                           "model/v1/person",
                           "model/v1/referral",
                           "model/v1/route"}) {
    const auto* described =
        pool->FindFileByName(absl::StrCat("careroute/", file, ".proto"));
    EXPECT_NE(described, nullptr) << file;
    for (int i = 0; described != nullptr && i < described->message_type_count();
         ++i) {
      types.push_back(described->message_type(i));
    }
  }
  return types;
}

bool HoldsNoPerson(const Descriptor* type) {
  return type->options().GetExtension(options::v1::message).no_person_data();
}

DataClass ClassOf(const FieldDescriptor* field) {
  return field->options().GetExtension(options::v1::field).data_class();
}

// Fills a message with canary strings that name the class they stand under.
// `under` is the class of the whole, for messages that name theirs.
class Canaries {
 public:
  // A field without a class in a message about a person is a canary too.
  static constexpr char kNone[] = "canary-NONE";

  static std::string Word(DataClass one) {
    return one == model::v1::DATA_CLASS_UNSPECIFIED
               ? kNone
               : absl::StrCat("canary-", model::v1::DataClass_Name(one));
  }

  void Fill(Message& message, DataClass under, int depth) {
    const Descriptor* type = message.GetDescriptor();
    // Whatever stands in a message without persons is nobody's.
    const bool was_free = free_;
    free_ = free_ || HoldsNoPerson(type);
    FillFields(message, under, depth);
    free_ = was_free;
  }

 private:
  void FillFields(Message& message, DataClass under, int depth) {
    const Descriptor* type = message.GetDescriptor();
    if (depth == 0 || !absl::StartsWith(type->full_name(), "careroute.")) {
      return;
    }
    const bool names_class =
        type->options().GetExtension(options::v1::message).class_from_field();
    if (names_class) {
      under = NextClass();
      message.GetReflection()->SetEnumValue(
          &message, type->FindFieldByName("data_class"), under);
    }
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (names_class && field->name() == "data_class") {
        continue;
      }
      FillField(message, field, under, depth);
    }
  }

  DataClass NextClass() {
    next_ = next_ % model::v1::DataClass_MAX + 1;
    return static_cast<DataClass>(next_);
  }

  void FillField(Message& message, const FieldDescriptor* field,
                 DataClass under, int depth) {
    const Reflection* reflection = message.GetReflection();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      std::string word = Word(
          under != model::v1::DATA_CLASS_UNSPECIFIED ? under : ClassOf(field));
      if (free_) {
        word = "free";
      }
      if (field->is_repeated()) {
        reflection->AddString(&message, field, word);
      } else {
        reflection->SetString(&message, field, word);
      }
      return;
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      return;
    }
    Message* child = field->is_repeated()
                         ? reflection->AddMessage(&message, field)
                         : reflection->MutableMessage(&message, field);
    Fill(*child, under, depth - 1);
  }

  int next_ = 0;
  bool free_ = false;
};

constexpr int kDepth = 7;

// The whole of a message, as a leak would be found by somebody who looks.
std::string Everything(const Message& message) {
  return message.ShortDebugString();
}

std::unique_ptr<Message> Filled(const Descriptor* type) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  std::unique_ptr<Message> message(factory->GetPrototype(type)->New());
  Canaries().Fill(*message, model::v1::DATA_CLASS_UNSPECIFIED, kDepth);
  return message;
}

// For every type and every class alone: no canary of another class is left,
// and none without a class.
TEST(Redact, LeaksNoClassFromAnyTypeOfTheContract) {
  for (const Descriptor* type : AllTypes()) {
    for (int allowed = 0; allowed <= model::v1::DataClass_MAX; ++allowed) {
      SCOPED_TRACE(absl::StrCat(type->full_name(), " for ", allowed));
      const auto message = Filled(type);
      Redact({static_cast<DataClass>(allowed)}, UnknownFactClass, *message);
      const std::string left = Everything(*message);
      EXPECT_THAT(left, Not(HasSubstr(Canaries::kNone)));
      for (int one = 1; one <= model::v1::DataClass_MAX; ++one) {
        if (one != allowed) {
          EXPECT_THAT(
              left,
              Not(HasSubstr(Canaries::Word(static_cast<DataClass>(one)))));
        }
      }
    }
  }
}

// The pass must not simply remove everything.
TEST(Redact, KeepsEveryCanaryOfAnAllowedClass) {
  for (const Descriptor* type : AllTypes()) {
    SCOPED_TRACE(type->full_name());
    const auto before = Filled(type);
    const auto after = Filled(type);
    Redact(DataClassSet::All(), UnknownFactClass, *after);
    for (int one = 1; one <= model::v1::DataClass_MAX; ++one) {
      const std::string word = Canaries::Word(static_cast<DataClass>(one));
      const std::vector<std::string> was =
          absl::StrSplit(Everything(*before), word);
      const std::vector<std::string> is =
          absl::StrSplit(Everything(*after), word);
      EXPECT_EQ(is.size(), was.size()) << word;
    }
  }
}

// But for the route itself, which is no secret among those who take part.
TEST(ClassesIn, FindsEveryCanary) {
  for (const Descriptor* type : AllTypes()) {
    SCOPED_TRACE(type->full_name());
    const auto message = Filled(type);
    const std::string text = Everything(*message);
    const DataClassSet classes = ClassesIn(*message, UnknownFactClass);
    for (int one = model::v1::DATA_CLASS_IDENTITY;
         one <= model::v1::DataClass_MAX; ++one) {
      const auto data_class = static_cast<DataClass>(one);
      if (absl::StrContains(text, Canaries::Word(data_class))) {
        EXPECT_TRUE(classes.Contains(data_class)) << one;
      }
    }
  }
}

// --- Single rules -----------------------------------------------------------

model::v1::Person Child() {
  model::v1::Person person;
  person.set_name("persons/1");
  person.mutable_identity()->set_family_name("Ивасик");
  person.mutable_identity()->set_gestation_weeks(31);
  person.mutable_identity()->mutable_stays_at()->set_district("amursk");
  person.mutable_needs()->set_language("ru");
  person.mutable_needs()->set_speak_with("the mother");
  return person;
}

TEST(Redact, RemovesFieldByFieldInsideOneMessage) {
  model::v1::Person person = Child();
  Redact({model::v1::DATA_CLASS_ROUTE, model::v1::DATA_CLASS_NEEDS},
         UnknownFactClass, person);
  EXPECT_EQ(person.name(), "persons/1");
  EXPECT_EQ(person.needs().language(), "ru");
  EXPECT_EQ(person.needs().speak_with(), "");
  EXPECT_EQ(person.identity().family_name(), "");
  EXPECT_EQ(person.identity().gestation_weeks(), 0);
  EXPECT_EQ(person.identity().stays_at().district(), "");
}

TEST(Redact, SaysWhatATypeCanHoldAndIsNotShownWhateverIsThere) {
  model::v1::Person full = Child();
  model::v1::Person empty;
  for (model::v1::Person* person : {&full, &empty}) {
    person->add_withheld(model::v1::DATA_CLASS_ROUTE);  // an older answer
    Redact({model::v1::DATA_CLASS_ROUTE, model::v1::DATA_CLASS_NEEDS},
           UnknownFactClass, *person);
  }
  EXPECT_THAT(
      full.withheld(),
      ElementsAre(model::v1::DATA_CLASS_IDENTITY, model::v1::DATA_CLASS_CONTACT,
                  model::v1::DATA_CLASS_SOCIAL, model::v1::DATA_CLASS_MEDICAL));
  EXPECT_TRUE(std::equal(full.withheld().begin(), full.withheld().end(),
                         empty.withheld().begin(), empty.withheld().end()));
}

TEST(Redact, EmptiesTheListWhenNothingIsWithheld) {
  model::v1::Person person = Child();
  person.add_withheld(model::v1::DATA_CLASS_MEDICAL);
  Redact(DataClassSet::All(), UnknownFactClass, person);
  EXPECT_THAT(person.withheld(), IsEmpty());
  EXPECT_EQ(person.identity().family_name(), "Ивасик");
}

TEST(Redact, JudgesAFactByItsDeclaration) {
  const auto class_of = [](absl::string_view fact) {
    return fact == "hearing"       ? model::v1::DATA_CLASS_MEDICAL
           : fact == "family_size" ? model::v1::DATA_CLASS_SOCIAL
                                   : model::v1::DATA_CLASS_UNSPECIFIED;
  };
  model::v1::Case state;
  for (const char* fact : {"hearing", "family_size", "undeclared", "hearing"}) {
    state.add_facts()->set_fact(fact);
  }
  Redact({model::v1::DATA_CLASS_ROUTE, model::v1::DATA_CLASS_SOCIAL}, class_of,
         state);
  ASSERT_EQ(state.facts_size(), 1);
  EXPECT_EQ(state.facts(0).fact(), "family_size");
}

TEST(Redact, ShowsAFactOfUnknownClassOnlyToWhoMaySeeAnyFact) {
  for (const bool may_all : {false, true}) {
    model::v1::Case state;
    state.add_facts()->set_fact("somehow");
    DataClassSet allowed = {model::v1::DATA_CLASS_ROUTE,
                            model::v1::DATA_CLASS_SOCIAL,
                            model::v1::DATA_CLASS_MEDICAL};
    if (may_all) {
      allowed.Add(model::v1::DATA_CLASS_EDUCATION);
    }
    Redact(allowed, UnknownFactClass, state);
    EXPECT_EQ(state.facts_size(), may_all ? 1 : 0);
  }
}

TEST(Redact, TakesTheClassOfATextFromTheTextItself) {
  model::v1::Disclosed disclosed;
  for (const DataClass one :
       {model::v1::DATA_CLASS_DIAGNOSIS, model::v1::DATA_CLASS_EDUCATION,
        model::v1::DATA_CLASS_UNSPECIFIED}) {
    auto* text = disclosed.add_texts();
    text->set_data_class(one);
    text->set_text(model::v1::DataClass_Name(one));
  }
  Redact({model::v1::DATA_CLASS_ROUTE, model::v1::DATA_CLASS_EDUCATION},
         UnknownFactClass, disclosed);
  ASSERT_EQ(disclosed.texts_size(), 1);
  EXPECT_EQ(disclosed.texts(0).text(), "DATA_CLASS_EDUCATION");
}

TEST(Redact, RemovesWhatANewerReleaseAdded) {
  model::v1::Person person = Child();
  auto* unknown =
      person.mutable_identity()->GetReflection()->MutableUnknownFields(
          person.mutable_identity());
  unknown->AddLengthDelimited(999, "secret");
  Redact(DataClassSet::All(), UnknownFactClass, person);
  EXPECT_THAT(person.SerializeAsString(), Not(HasSubstr("secret")));
}

TEST(Redact, LeavesMessagesAloneThatHoldNoPerson) {
  model::v1::Organisation organisation;
  organisation.set_phone("+7 000");
  Redact({}, UnknownFactClass, organisation);
  EXPECT_EQ(organisation.phone(), "+7 000");
}

TEST(Redact, ClearsAMessageThatNamesAClassThatIsNotAllowed) {
  model::v1::DisclosedText text;
  text.set_data_class(model::v1::DATA_CLASS_MEDICAL);
  text.set_text("x");
  Redact(kRouteOnly, UnknownFactClass, text);
  EXPECT_EQ(text.text(), "");
}

}  // namespace
}  // namespace careroute::access
