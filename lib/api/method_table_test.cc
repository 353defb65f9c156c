// Every method of every service, and nothing else, has a handler.

#include "lib/api/method_table.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "careroute/options/v1/options.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/api/status.h"
#include "lib/api/testing/table_bench.h"

namespace careroute::api {
namespace {

using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;

std::vector<const FileDescriptor*> ServiceFiles() {
  std::vector<const FileDescriptor*> files;
  for (const char* name :
       {"assessment", "audit", "care_plan", "case", "consent", "directory",
        "measure", "pathway", "peer", "referral", "registry"}) {
    files.push_back(
        google::protobuf::DescriptorPool::generated_pool()->FindFileByName(
            absl::StrCat("careroute/api/v1/", name, "_service.proto")));
  }
  return files;
}

std::vector<const MethodDescriptor*> AllMethods() {
  std::vector<const MethodDescriptor*> methods;
  for (const FileDescriptor* file : ServiceFiles()) {
    if (file == nullptr) continue;
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        methods.push_back(file->service(i)->method(j));
      }
    }
  }
  return methods;
}

TEST(MethodTable, ServesEveryMethodOfEveryServiceAndNothingElse) {
  const TableBench bench;
  std::set<std::string> declared;
  for (const FileDescriptor* file : ServiceFiles()) {
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(file->service_count(), 1) << file->name();
  }
  for (const MethodDescriptor* method : AllMethods()) {
    declared.insert(method->full_name());
    const Method* served = bench.table().Find(method->full_name());
    ASSERT_NE(served, nullptr) << method->full_name() << " has no handler";
    EXPECT_EQ(served->descriptor, method);
    EXPECT_EQ(served->stream != nullptr, method->server_streaming())
        << method->full_name();
    EXPECT_EQ(served->unary != nullptr, !method->server_streaming())
        << method->full_name();
    EXPECT_FALSE(method->client_streaming()) << method->full_name();
  }
  for (const auto& [name, method] : bench.table().methods()) {
    EXPECT_EQ(declared.count(name), 1U) << name << " is in no service";
  }
}

TEST(MethodTable, FindsNothingUnderAnotherName) {
  const TableBench bench;
  for (const char* name :
       {"", "careroute.api.v1.CaseService", "CaseService.GetCase",
        "careroute.api.v1.CaseService.getCase",
        "careroute.api.v1.CaseService.GetCase "}) {
    EXPECT_EQ(bench.table().Find(name), nullptr) << name;
  }
}

TEST(MethodTable, NoMethodAnswersWhoDoesNotSayWhoCalls) {
  TableBench bench;
  for (const MethodDescriptor* method : AllMethods()) {
    if (method->server_streaming()) continue;
    SCOPED_TRACE(method->full_name());
    EXPECT_TRUE(absl::IsUnauthenticated(
        bench.Ask(method->full_name(), "", {}).status()));
  }
}

TEST(MethodTable, EveryMethodSaysWhichRolesMayCallIt) {
  for (const MethodDescriptor* method : AllMethods()) {
    EXPECT_GT(method->options().GetExtension(options::v1::method).roles_size(),
              0)
        << method->full_name();
  }
}

// An empty request lacks whatever its rules require: that it is refused shows
// that the rules are asked.
TEST(MethodTable, EveryMethodChecksTheRulesOfItsRequest) {
  TableBench bench;
  int checked = 0;
  for (const MethodDescriptor* method : AllMethods()) {
    const auto& roles =
        method->options().GetExtension(options::v1::method).roles();
    const bool administers =
        std::find(roles.begin(), roles.end(), "ACTOR_ROLE_ADMINISTRATOR") !=
        roles.end();
    bool requires_something = false;
    for (int i = 0; i < method->input_type()->field_count(); ++i) {
      const auto& behavior = method->input_type()
                                 ->field(i)
                                 ->options()
                                 .GetExtension(options::v1::field)
                                 .behavior();
      requires_something |=
          std::find(behavior.begin(), behavior.end(),
                    options::v1::FIELD_BEHAVIOR_REQUIRED) != behavior.end();
    }
    if (!administers || !requires_something || method->server_streaming()) {
      continue;
    }
    SCOPED_TRACE(method->full_name());
    ++checked;
    const absl::Status status =
        bench.Ask(method->full_name(), "", TableBench::Administrator())
            .status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
    const auto refusal = RefusalOf(status);
    ASSERT_TRUE(refusal.has_value());
    EXPECT_GT(refusal->problems_size(), 0);
  }
  EXPECT_GT(checked, 3);
}

}  // namespace
}  // namespace careroute::api
