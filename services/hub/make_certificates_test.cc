#include "services/hub/make_certificates.h"

#include <filesystem>
#include <string>

#include "careroute/config/v1/hub.pb.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/base/real_clock.h"
#include "lib/store/scratch_directory.h"
#include "services/tls/hub_certificates.h"

namespace careroute::services {
namespace {

class MakeCertificatesTest : public testing::Test {
 protected:
  absl::Status Make(const std::vector<std::string>& hubs,
                    const std::vector<std::string>& systems = {}) {
    return MakeCertificates({.folder = scratch_.File("made"),
                             .hubs = hubs,
                             .systems = systems,
                             .now = base::RealClock().Now()});
  }
  std::string File(const std::string& name) {
    return scratch_.File("made/" + name);
  }

  const store::ScratchDirectory scratch_;
};

TEST_F(MakeCertificatesTest, MakesWhatAHubCanServeWith) {
  const absl::Status made = Make({"khabarovsk", "chita"}, {"mis"});
  ASSERT_TRUE(made.ok()) << made;
  for (const std::string hub : {"khabarovsk", "chita", "mis"}) {
    config::v1::TlsConfig config;
    config.set_certificate(File(hub + ".pem"));
    config.set_key(File(hub + ".key"));
    config.set_authorities(File(kAuthorityFile));
    const auto opened =
        HubCertificates::Open({.config = config, .hub_id = hub});
    EXPECT_TRUE(opened.ok()) << opened.status();
  }
}

// As the configuration takes it.
TEST_F(MakeCertificatesTest, TakesTheIdOfAnyHub) {
  const absl::Status made = Make({"east.khabarovsk"});
  EXPECT_TRUE(made.ok()) << made;
  EXPECT_TRUE(std::filesystem::exists(File("east.khabarovsk.pem")));
}

TEST_F(MakeCertificatesTest, OverwritesNothing) {
  ASSERT_TRUE(Make({"khabarovsk"}).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(Make({"chita"})));
  EXPECT_FALSE(std::filesystem::exists(File("chita.pem")));
}

TEST_F(MakeCertificatesTest, SaysThatAFolderCannotBeMade) {
  const absl::Status made =
      MakeCertificates({.folder = scratch_.File(std::string(300, 'a')),
                        .hubs = {"khabarovsk"},
                        .now = base::RealClock().Now()});
  EXPECT_TRUE(absl::IsUnavailable(made)) << made;
}

TEST_F(MakeCertificatesTest, NamesFilesThatAConfigurationAnywhereFinds) {
  config::v1::HubConfig config;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      TlsLineOf("a \"folder\"", "chita"), &config));
  const std::filesystem::path made = std::filesystem::absolute("a \"folder\"");
  EXPECT_EQ(config.tls().certificate(), (made / "chita.pem").string());
  EXPECT_EQ(config.tls().key(), (made / "chita.key").string());
  EXPECT_EQ(config.tls().authorities(), (made / "authority.pem").string());
}

TEST_F(MakeCertificatesTest, TakesNoNameThatIsNoFile) {
  for (const std::string name :
       {"", "../hub", "a/b", "Chita", "authority", "..", ".b", "1a"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Make({name}))) << name;
  }
  EXPECT_TRUE(absl::IsInvalidArgument(Make({"a"}, {"a"})));
  EXPECT_FALSE(std::filesystem::exists(scratch_.File("made")));
}

}  // namespace
}  // namespace careroute::services
