// services/hub/story/story.h: the program that tells the story.

#ifndef CAREROUTE_SERVICES_HUB_STORY_STORY_H_
#define CAREROUTE_SERVICES_HUB_STORY_STORY_H_

namespace careroute::services {

// Starts three sandbox hubs, imports the organisations, plays the families'
// year through the API, and goes on serving until it is told to stop; with
// --once ends after the story. Answers the exit status.
int RunStory(int argc, char** argv);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_HUB_STORY_STORY_H_
