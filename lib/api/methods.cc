#include "lib/api/methods.h"

#include "lib/api/assessment_methods.h"
#include "lib/api/audit_methods.h"
#include "lib/api/care_plan_methods.h"
#include "lib/api/case_commands.h"
#include "lib/api/case_methods.h"
#include "lib/api/consent_methods.h"
#include "lib/api/directory_methods.h"
#include "lib/api/measure_methods.h"
#include "lib/api/member_methods.h"
#include "lib/api/migration_methods.h"
#include "lib/api/pathway_methods.h"
#include "lib/api/peer_methods.h"
#include "lib/api/post_methods.h"
#include "lib/api/referral_methods.h"
#include "lib/api/registry_methods.h"
#include "lib/api/route_methods.h"
#include "lib/api/watches.h"

namespace careroute::api {

void AddAllMethods(Pipeline& pipeline) {
  AddPathwayMethods(pipeline);
  AddMigrationMethods(pipeline);
  AddDirectoryMethods(pipeline);
  AddMemberMethods(pipeline);
  AddRegistryMethods(pipeline);
  AddCaseMethods(pipeline);
  AddCaseCommands(pipeline);
  AddPostMethods(pipeline);
  AddRouteMethods(pipeline);
  AddReferralMethods(pipeline);
  AddConsentMethods(pipeline);
  AddAssessmentMethods(pipeline);
  AddMeasureMethods(pipeline);
  AddCarePlanMethods(pipeline);
  AddAuditMethods(pipeline);
  AddPeerMethods(pipeline);
  AddWatches(pipeline);
}

}  // namespace careroute::api
