// Two published editions compared, as a methodologist's system would ask.

#include <string>

#include "absl/strings/str_replace.h"
#include "careroute/api/v1/pathway_service.pb.h"
#include "gmock/gmock.h"
#include "lib/api/testing/table_bench.h"
#include "lib/base/check.h"
#include "lib/pathway/file_reader.h"

namespace careroute::api {
namespace {

constexpr char kOverlay[] =
    "id: 'region' edition: '1' pathway: 'small' pathway_edition: 'EDITION' "
    "jurisdiction: 'RU-DEMO' "
    "bindings { parameter: 'wait' "
    "  value { term { n: 10 unit: TIME_UNIT_WORKING_DAY } } "
    "  source { act: 'demo' provenance: PROVENANCE_DEMO } }";

std::string ReadFile(const std::string& name) {
  const auto text =
      pathway::DirectoryFileReader("lib/pathway/testdata").Read(name);
  CAREROUTE_CHECK(text.ok());
  return *text;
}

class CompareEditionsTest : public ::testing::Test {
 protected:
  // The small pathway under the edition, with its first limit of `days`.
  void Publish(const std::string& edition, const std::string& days,
               const std::string& request_id) {
    v1::PublishPathwayRequest request;
    request.set_request_id(request_id);
    const auto add = [&request](const std::string& path,
                                const std::string& content) {
      v1::PathwayFile& file = *request.add_files();
      file.set_path(path);
      file.set_content(content);
    };
    add("small.textproto",
        absl::StrReplaceAll(
            ReadFile("small.textproto"),
            {{"\nedition: \"1\"", "\nedition: \"" + edition + "\""},
             {"within { n: 3 unit: TIME_UNIT_WORKING_DAY }",
              "within { n: " + days + " unit: TIME_UNIT_WORKING_DAY }"}}));
    add("small.texts.en.textproto", ReadFile("small.texts.en.textproto"));
    add("overlays/region.textproto",
        absl::StrReplaceAll(kOverlay, {{"EDITION", edition}}));
    const auto reply = Ask("PublishPathway", request);
    ASSERT_TRUE(reply.ok()) << reply.status();
  }

  absl::StatusOr<std::string> Ask(const std::string& method,
                                  const google::protobuf::Message& request) {
    return bench_.Ask("careroute.api.v1.PathwayService." + method,
                      request.SerializeAsString(), TableBench::Administrator());
  }

  static v1::CompareEditionsRequest Between(const std::string& before,
                                            const std::string& after) {
    v1::CompareEditionsRequest request;
    request.mutable_old_edition()->set_pathway("small");
    request.mutable_old_edition()->set_edition(before);
    request.mutable_new_edition()->set_pathway("small");
    request.mutable_new_edition()->set_edition(after);
    request.set_language("en");
    return request;
  }

  TableBench bench_;
};

TEST_F(CompareEditionsTest, TellsALimitThatBecameShorter) {
  Publish("1", "3", "00000000-0000-4000-8000-000000000001");
  Publish("2", "2", "00000000-0000-4000-8000-000000000002");
  const auto reply = Ask("CompareEditions", Between("1", "2"));
  ASSERT_TRUE(reply.ok()) << reply.status();
  v1::CompareEditionsResponse response;
  ASSERT_TRUE(response.ParseFromString(*reply));
  const model::v1::EditionDifference& difference = response.difference();
  ASSERT_EQ(difference.differences_size(), 1) << difference.ShortDebugString();
  EXPECT_EQ(difference.differences(0).kind(),
            model::v1::DIFFERENCE_KIND_SHORTER);
  EXPECT_EQ(difference.differences(0).new_value(), "2 working days");
  EXPECT_EQ(difference.heaviest(), model::v1::DIFFERENCE_EFFECT_SHORTENS_LIMIT);
  EXPECT_EQ(difference.old_edition().hash().size(), 32U);
}

TEST_F(CompareEditionsTest, RefusesAnEditionThatNobodyPublished) {
  Publish("1", "3", "00000000-0000-4000-8000-000000000001");
  EXPECT_TRUE(
      absl::IsNotFound(Ask("CompareEditions", Between("1", "9")).status()));
  EXPECT_TRUE(
      absl::IsNotFound(Ask("CompareEditions", Between("9", "1")).status()));
}

}  // namespace
}  // namespace careroute::api
