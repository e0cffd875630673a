/* The version, said once: programs, pkg-config file and package take it from here. */
#ifndef CANDOUR_BASE_VERSION_H
#define CANDOUR_BASE_VERSION_H

#define CANDOUR_VERSION "0.1.0"

#endif
