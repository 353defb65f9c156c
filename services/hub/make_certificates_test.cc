#include "services/hub/make_certificates.h"

#include <filesystem>
#include <string>

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

TEST_F(MakeCertificatesTest, OverwritesNothing) {
  ASSERT_TRUE(Make({"khabarovsk"}).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(Make({"chita"})));
  EXPECT_FALSE(std::filesystem::exists(File("chita.pem")));
}

TEST_F(MakeCertificatesTest, TakesNoNameThatIsNoFile) {
  for (const std::string name :
       {"", "../hub", "a/b", "Chita", "authority", "a.b"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Make({name}))) << name;
  }
  EXPECT_TRUE(absl::IsInvalidArgument(Make({"a"}, {"a"})));
  EXPECT_FALSE(std::filesystem::exists(scratch_.File("made")));
}

}  // namespace
}  // namespace careroute::services
