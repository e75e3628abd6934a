/*
 * A V4L2 capture device that is not there, preloaded into an unmodified program.
 *
 * It answers open, ioctl, mmap and close for the one name in YIZHAN_VIDEO_PATH and
 * sends the file `frame` of YIZHAN_VIDEO_FOLDER as Motion JPEG, 25 times a second.
 * `unplugged` in that folder makes every call fail with ENODEV, `hung` makes the
 * wait for a frame last. Written from the kernel's description of the interface
 * (linux/videodev2.h); everything it does not know goes on to the real call.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFERS = 8, BUFFER_BYTES = 1 << 20, FRAME_US = 40000 };

static int device = -1;
static int memory = -1;
static unsigned buffers, queued[BUFFERS], first, count, sequence;
static unsigned width = 640, height = 480;

static void in_folder(char *path, size_t size, const char *name) {
  snprintf(path, size, "%s/%s", getenv("YIZHAN_VIDEO_FOLDER"), name);
}

static int there(const char *name) {
  char path[512];
  struct stat about;
  in_folder(path, sizeof path, name);
  return stat(path, &about) == 0;
}

static int open_camera(const char *path) {
  const char *ours = getenv("YIZHAN_VIDEO_PATH");
  if (!ours || strcmp(path, ours) != 0) return -2;
  if (there("unplugged")) return errno = ENOENT, -1;
  device = memfd_create("camera", 0);
  memory = memfd_create("frames", 0);
  if (ftruncate(memory, (off_t)BUFFERS * BUFFER_BYTES) != 0) return -1;
  buffers = first = count = 0;
  return device;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define OPEN(name)                                   \
  int name(const char *path, int flags, ...) {       \
    va_list rest;                                    \
    va_start(rest, flags);                           \
    mode_t mode = va_arg(rest, mode_t);              \
    va_end(rest);                                    \
    int fd = open_camera(path);                      \
    return fd != -2 ? fd : REAL(name)(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (fd >= 0 && fd == device) device = -1;
  return REAL(close)(fd);
}

void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
  return REAL(mmap)(at, length, protection, flags, fd >= 0 && fd == device ? memory : fd, offset);
}

void *mmap64(void *at, size_t length, int protection, int flags, int fd, off64_t offset) {
  return REAL(mmap64)(at, length, protection, flags, fd >= 0 && fd == device ? memory : fd, offset);
}

static void describe(struct v4l2_format *format) {
  memset(&format->fmt.pix, 0, sizeof format->fmt.pix);
  format->fmt.pix.width = width;
  format->fmt.pix.height = height;
  format->fmt.pix.pixelformat = V4L2_PIX_FMT_MJPEG;
  format->fmt.pix.field = V4L2_FIELD_NONE;
  format->fmt.pix.sizeimage = BUFFER_BYTES;
  format->fmt.pix.colorspace = V4L2_COLORSPACE_JPEG;
}

static int next_frame(struct v4l2_buffer *buffer) {
  do {
    usleep(FRAME_US);
    if (there("unplugged")) return errno = ENODEV, -1;
  } while (there("hung") || count == 0);
  char path[512];
  in_folder(path, sizeof path, "frame");
  unsigned index = queued[first];
  first = (first + 1) % BUFFERS;
  count -= 1;
  int file = REAL(open)(path, O_RDONLY);
  static unsigned char bytes[BUFFER_BYTES];
  ssize_t length = file < 0 ? 0 : read(file, bytes, sizeof bytes);
  if (file >= 0) REAL(close)(file);
  if (length < 0 || pwrite(memory, bytes, (size_t)length, (off_t)index * BUFFER_BYTES) != length) length = 0;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  memset(buffer, 0, sizeof *buffer);
  buffer->type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  buffer->memory = V4L2_MEMORY_MMAP;
  buffer->index = index;
  buffer->bytesused = (unsigned)length;
  buffer->length = BUFFER_BYTES;
  buffer->sequence = sequence++;
  buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC | V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_DONE;
  buffer->timestamp.tv_sec = now.tv_sec;
  buffer->timestamp.tv_usec = now.tv_nsec / 1000;
  return 0;
}

static int answer(unsigned long request, void *about) {
  if (there("unplugged")) return errno = ENODEV, -1;
  switch (request) {
    case VIDIOC_QUERYCAP: {
      struct v4l2_capability *can = about;
      memset(can, 0, sizeof *can);
      strcpy((char *)can->driver, "uvcvideo");
      strcpy((char *)can->card, "Yizhan Virtual Camera");
      can->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
      can->capabilities = can->device_caps | V4L2_CAP_DEVICE_CAPS;
      return 0;
    }
    case VIDIOC_ENUMINPUT: {
      struct v4l2_input *input = about;
      if (input->index > 0) break;
      memset(input, 0, sizeof *input);
      input->type = V4L2_INPUT_TYPE_CAMERA;
      return 0;
    }
    case VIDIOC_G_INPUT:
      return *(int *)about = 0;
    case VIDIOC_S_INPUT:
      return 0;
    case VIDIOC_ENUM_FMT: {
      struct v4l2_fmtdesc *format = about;
      if (format->index > 0) break;
      format->flags = V4L2_FMT_FLAG_COMPRESSED;
      format->pixelformat = V4L2_PIX_FMT_MJPEG;
      strcpy((char *)format->description, "Motion-JPEG");
      return 0;
    }
    case VIDIOC_S_FMT:
    case VIDIOC_TRY_FMT:
    case VIDIOC_G_FMT:
      describe(about);
      return 0;
    case VIDIOC_G_PARM:
    case VIDIOC_S_PARM: {
      struct v4l2_streamparm *pace = about;
      pace->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
      pace->parm.capture.timeperframe.numerator = 1;
      pace->parm.capture.timeperframe.denominator = 25;
      return 0;
    }
    case VIDIOC_REQBUFS: {
      struct v4l2_requestbuffers *wanted = about;
      if (wanted->count > BUFFERS) wanted->count = BUFFERS;
      buffers = wanted->count;
      return 0;
    }
    case VIDIOC_QUERYBUF: {
      struct v4l2_buffer *buffer = about;
      if (buffer->index >= buffers) break;
      buffer->length = BUFFER_BYTES;
      buffer->m.offset = buffer->index * BUFFER_BYTES;
      return 0;
    }
    case VIDIOC_QBUF: {
      struct v4l2_buffer *buffer = about;
      if (buffer->index >= buffers || count >= BUFFERS) break;
      queued[(first + count) % BUFFERS] = buffer->index;
      count += 1;
      return 0;
    }
    case VIDIOC_DQBUF:
      return next_frame(about);
    case VIDIOC_STREAMON:
    case VIDIOC_STREAMOFF:
      return 0;
  }
  return errno = EINVAL, -1;
}

int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *about = va_arg(rest, void *);
  va_end(rest);
  /* ffmpeg keeps the request in an int: the upper half is sign. */
  if (fd >= 0 && fd == device) return answer(request & 0xffffffffUL, about);
  return REAL(ioctl)(fd, request, about);
}
