/* The bridge of Lacuna.java to liblacuna.
 *
 *   javac Lacuna.java
 *   cc -shared -fPIC -I"$JAVA_HOME/include" -I"$JAVA_HOME/include/linux" lacuna_jni.c \
 *      $(pkg-config --cflags --libs lacuna) -o liblacuna_jni.so
 */
#include <lacuna.h>

#include <jni.h>
#include <stdlib.h>
#include <string.h>

typedef struct report {
    char *data;
    size_t length, capacity;
} report;

static int keep(void *user, const void *data, size_t length)
{
    report *r = user;
    if (r->capacity - r->length < length) {
        size_t wanted = (r->capacity + length) * 2;
        char *grown = realloc(r->data, wanted);
        if (grown == NULL) {
            return 1;
        }
        r->data = grown;
        r->capacity = wanted;
    }
    memcpy(r->data + r->length, data, length);
    r->length += length;
    return 0;
}

/* The bytes of an array that ends with a NUL; release them. */
static char *bytes_of(JNIEnv *env, jbyteArray array)
{
    return (char *)(*env)->GetByteArrayElements(env, array, NULL);
}

static void release(JNIEnv *env, jbyteArray array, char *bytes)
{
    (*env)->ReleaseByteArrayElements(env, array, (jbyte *)bytes, JNI_ABORT);
}

static lacuna_status set_options(JNIEnv *env, lacuna_options *options, jobjectArray words,
                                 lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    jsize count = (*env)->GetArrayLength(env, words);
    jsize i;
    for (i = 0; i + 1 < count && status == LACUNA_OK; i += 2) {
        jbyteArray key = (*env)->GetObjectArrayElement(env, words, i);
        jbyteArray value = (*env)->GetObjectArrayElement(env, words, i + 1);
        char *key_bytes = bytes_of(env, key);
        char *value_bytes = bytes_of(env, value);
        status = lacuna_options_set(options, key_bytes, value_bytes, err);
        release(env, key, key_bytes);
        release(env, value, value_bytes);
    }
    return status;
}

static lacuna_status check(report *out, jint *code, const char *path, const char *format,
                           const lacuna_options *options, lacuna_error *err)
{
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    lacuna_status status = lacuna_run_new(&run, options, err);
    if (status == LACUNA_OK) {
        status = lacuna_run_add(run, path, err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_run_execute(&result, run, err);
    }
    if (status == LACUNA_OK) {
        *code = lacuna_result_exit_code(result);
        status = lacuna_result_render(result, format, NULL, keep, out, err);
    }
    lacuna_result_free(result);
    lacuna_run_free(run);
    return status;
}

JNIEXPORT jbyteArray JNICALL Java_Lacuna_check0(JNIEnv *env, jclass self, jbyteArray path,
                                                jbyteArray format, jobjectArray words,
                                                jintArray code)
{
    report out = {NULL, 0, 0};
    lacuna_error err = {0};
    lacuna_options *options = NULL;
    jbyteArray made = NULL;
    jint number = 0;
    char *path_bytes = bytes_of(env, path);
    char *format_bytes = bytes_of(env, format);
    lacuna_status status = lacuna_options_new(&options, &err);
    (void)self;
    if (status == LACUNA_OK) {
        status = set_options(env, options, words, &err);
    }
    if (status == LACUNA_OK) {
        status = check(&out, &number, path_bytes, format_bytes, options, &err);
    }
    release(env, path, path_bytes);
    release(env, format, format_bytes);
    lacuna_options_free(options);
    if (status != LACUNA_OK) {
        (*env)->ThrowNew(env, (*env)->FindClass(env, "java/lang/IllegalArgumentException"),
                         err.message);
    } else {
        made = (*env)->NewByteArray(env, (jsize)out.length);
        if (made != NULL) {
            (*env)->SetByteArrayRegion(env, made, 0, (jsize)out.length, (const jbyte *)out.data);
            (*env)->SetIntArrayRegion(env, code, 0, 1, &number);
        }
    }
    free(out.data);
    return made;
}
